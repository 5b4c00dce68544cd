#include "plan/rename_map.h"

#include "base/text.h"

#include <algorithm>
#include <string>

namespace linkname::plan {
namespace {

constexpr std::string_view blanks = " \t\r\v\f";

/// The next word of a line, which may be empty at its end.
std::string_view take_word(std::string_view &line) {
  line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(blanks));
  line.remove_prefix(word.size());
  return word;
}

} // namespace

Result<std::vector<MappedName>> parse_rename_map(std::string_view text, std::string_view file) {
  std::vector<MappedName> map;
  Error errors{.status = Status::usage, .diagnostics = {}};
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::string_view old_name = take_word(line);
    if (old_name.empty() || old_name.starts_with('#'))
      continue;
    const std::string_view new_name = take_word(line);
    const std::string_view rest = take_word(line);
    std::string place = join({file, ":", std::to_string(number)});
    if (new_name.empty() || new_name.starts_with('#') || (!rest.empty() && !rest.starts_with('#')))
      errors.diagnostics.push_back({.severity = Severity::error,
                                    .place = std::move(place),
                                    .reason = "a line takes two names: OLD NEW",
                                    .hint = "what follows a # is left aside",
                                    .details = {}});
    else
      map.push_back(
          {.old_name = std::string(old_name), .new_name = std::string(new_name), .asked_by = std::move(place)});
  }
  if (!errors.diagnostics.empty())
    return std::unexpected(std::move(errors));
  return map;
}

} // namespace linkname::plan
