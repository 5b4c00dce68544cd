#include <linkname/check.h>

#include "api/input.h"

namespace linkname {

Result<std::vector<Findings>> check(const std::string &path) {
  const Result<std::shared_ptr<const MappedFile>> file = MappedFile::open(path);
  if (!file)
    return std::unexpected(file.error());
  const Result<Input> input =
      read_input({.path = path, .name = path, .member = {}, .file = *file}, (*file)->bytes(), Interest());
  if (!input)
    return std::unexpected(input.error());
  std::vector<Findings> all;
  for (const Object &object : input->objects) {
    if (object.known.format->lint == nullptr)
      continue;
    Result<std::vector<Diagnostic>> found = in_file(object.name, object.known.format->lint(input->bytes_of(object)));
    if (!found)
      return std::unexpected(std::move(found.error()));
    put_file_first(*found, object.name);
    all.push_back({.file = object.name, .target = object.known.facts->target, .diagnostics = std::move(*found)});
  }
  if (all.empty())
    return fail(Status::refused, path, "holds no linked image to check",
                "a .so, .dylib, .dll or program is one; `linkname-tool inspect` shows what is in an object");
  return all;
}

} // namespace linkname
