#include "link/substitution.h"

#include "base/text.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace linkname::link {

Result<std::vector<std::string>> substitute(const std::vector<std::string> &command, const LinkerCommand &read,
                                            const std::map<std::string, std::string> &files,
                                            const std::string &libraries) {
  std::set<std::string_view> replaced;
  const auto replace = [&](std::string_view word) {
    const auto copy = files.find(std::string(word));
    if (copy == files.end())
      return std::string(word);
    replaced.insert(copy->first);
    return copy->second;
  };
  const auto replace_each = [&](std::string_view list) {
    std::string result;
    for (bool first = true;; first = false) {
      const std::size_t comma = list.find(',');
      result += first ? "" : ",";
      result += replace(list.substr(0, comma));
      if (comma == std::string_view::npos)
        return result;
      list.remove_prefix(comma + 1);
    }
  };

  std::vector<std::string> result(command.begin(), command.begin() + static_cast<std::ptrdiff_t>(read.program) + 1);
  if (!libraries.empty())
    result.push_back((read.dialect == Dialect::microsoft ? "-libpath:" : "-L") + libraries);
  for (const std::string &word : read.words) {
    const std::size_t colon = word.find(':');
    if (word.starts_with("-Wl,"))
      result.push_back("-Wl," + replace_each(std::string_view(word).substr(4)));
    else if (read.quoting() == Quoting::windows && word.starts_with('-') && colon != std::string::npos)
      result.push_back(word.substr(0, colon + 1) + replace(std::string_view(word).substr(colon + 1)));
    else
      result.push_back(replace(word));
  }
  for (const auto &[path, copy] : files)
    if (!replaced.contains(path))
      return fail(Status::refused, path,
                  "has to change for this link, and the command names it in a way that cannot be changed",
                  "name the file itself on the command line");
  return result;
}

std::vector<std::string> kept_inside(const LinkerCommand &read, std::span<const std::string> names) {
  const bool makes_dll = std::ranges::any_of(
      read.words, [](std::string_view word) { return word == "-shared" || word == "--shared" || word == "-mdll"; });
  std::vector<std::string> words;
  if (!makes_dll || (read.dialect != Dialect::gnu && read.dialect != Dialect::driver))
    return words;
  for (const std::string &name : names)
    words.push_back(join({read.dialect == Dialect::gnu ? "--exclude-symbols=" : "-Wl,--exclude-symbols=", name}));
  return words;
}

} // namespace linkname::link
