#include "link/inputs.h"

#include "api/formats.h"
#include "api/thin_input.h"
#include "base/parallel.h"
#include "container/archive.h"
#include "container/universal.h"
#include "link/shared_names.h"

#include <algorithm>
#include <deque>
#include <optional>

namespace linkname::link {

Result<InputFiles> open_all(const LinkerCommand &command) {
  InputFiles found;
  std::deque<Item> waiting(command.items.begin(), command.items.end());
  constexpr std::size_t most_scripts = 1000; // a script may name itself
  for (std::size_t scripts = 0; !waiting.empty();) {
    const Item item = std::move(waiting.front());
    waiting.pop_front();
    const std::optional<std::string> path = find_file(command, item);
    if (!path) {
      if (item.library)
        found.not_found.push_back("-l" + item.name);
      continue;
    }
    auto file = MappedFile::open(*path, Keep::mapping_alone); // a link may have more inputs than a process open files
    if (!file && file.error().status == Status::system)
      return std::unexpected(std::move(file.error()));
    if (!file)
      continue;
    const Bytes bytes = (*file)->bytes();
    const auto known =
        std::ranges::find_if(found.files, [&](const InputFile &other) { return other.file->same_file(**file); });
    if (known != found.files.end()) {
      known->add(item);
      continue;
    }
    const bool linked = is_linked(bytes);
    if (linked || detect(bytes) || container::Archive::recognises(bytes) || container::Universal::recognises(bytes) ||
        detect(bytes).error().status == Status::refused) {
      found.files.push_back({.path = *path, .words = {}, .library = false, .file = std::move(*file), .linked = linked});
      found.files.back().add(item);
      continue;
    }
    if (++scripts > most_scripts)
      continue;
    for (const std::string &name : named_by_script(bytes))
      waiting.push_back({.name = name.starts_with("-l") ? name.substr(2) : name,
                         .library = name.starts_with("-l"),
                         .only_static = item.only_static});
  }
  return found;
}

namespace {

Result<std::vector<Input>> read(const InputFiles &files, Part part, const Interest &interest) {
  std::vector<std::optional<Result<Input>>> done(files.files.size());
  const auto read_one = [&](std::size_t i) {
    const InputFile &file = files.files[i];
    done[i] = read_input({.path = file.path, .name = file.path, .member = {}, .file = file.file}, file.file->bytes(),
                         interest);
  };
  const auto is_object = [&](std::size_t i) { return detect(files.files[i].file->bytes()).has_value(); };
  for_each_parallel(files.files.size(), [&](std::size_t i) {
    if (part != Part::containers && !files.files[i].linked && is_object(i) &&
        interest.in_leaf(files.files[i].file->bytes()))
      read_one(i);
  });
  for (std::size_t i = 0; i < files.files.size(); ++i)
    if (part != Part::objects && !files.files[i].linked && !is_object(i))
      read_one(i); // members are read on all processors
  std::vector<Input> inputs;
  for (std::optional<Result<Input>> &one : done) {
    if (!one)
      continue;
    if (!*one)
      return std::unexpected(std::move(one->error()));
    if (!(*one)->objects.empty() || !(*one)->unread.empty() || names_files(**one))
      inputs.push_back(std::move(**one));
  }
  if (Result<void> members = read_thin_members(inputs, interest); !members)
    return std::unexpected(std::move(members.error()));
  return inputs;
}

} // namespace

Result<std::vector<Input>> read_all(const InputFiles &files, Part part, std::span<const Request> wanted) {
  return read(files, part, Interest(wanted));
}

Result<std::vector<Input>> read_everything(const InputFiles &files) { return read(files, Part::all, Interest()); }

} // namespace linkname::link
