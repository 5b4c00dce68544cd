// All inputs of a link, read as far as bindings need it: objects with records, and objects that speak of what these
// pull. The rest is looked at for its names and left alone.
#pragma once

#include "api/input.h"
#include "base/file_io.h"
#include "link/linker_command.h"

#include <linkname/error.h>
#include <linkname/request.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace linkname::link {

struct InputFile {
  std::string path;                       ///< as the command says it first, or where a library was found
  std::vector<std::string> words;         ///< every way in which the command names it; none if only by `-l`
  bool library = false;                   ///< it was looked for (`-l`), too
  std::shared_ptr<const MappedFile> file; ///< each file once, however often it is named
  bool linked = false;                    ///< a shared library or its stub

  void add(const Item &item) {
    library = library || item.library;
    if (!item.library)
      words.push_back(item.name);
  }
};

struct InputFiles {
  std::vector<InputFile> files;
  std::vector<std::string> not_found; ///< libraries that are not where the command says
};

/// Finds and maps what `command` names. A file that is not there is the linker's to complain about; one that is there
/// and cannot be read is an error, since what is not seen is not bound.
Result<InputFiles> open_all(const LinkerCommand &command);

enum class Part : std::uint8_t {
  objects,    ///< files that are one object each
  containers, ///< archives and universal files
  all,
};

/// Reads the objects in a part of `files` that hold records, or one of the names that `wanted` speaks of. Files without
/// any are not among the result.
Result<std::vector<Input>> read_all(const InputFiles &files, Part part, std::span<const Request> wanted);

/// Reads all objects.
Result<std::vector<Input>> read_everything(const InputFiles &files);

} // namespace linkname::link
