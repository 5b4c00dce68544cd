// Whether the tables of a linked image agree with each other: what a loader, a linker and a debugger read of it.
#pragma once

#include <linkname/error.h>

#include <string>
#include <vector>

namespace linkname {

/// What was found in one image.
struct Findings {
  std::string file;                    ///< with the image's place inside of it: `libx.dylib[arm64]`
  std::string target;                  ///< e.g. "elf64-little-x86-64"
  std::vector<Diagnostic> diagnostics; ///< errors and warnings; empty where everything agrees
};

/// Checks every image in the file. Fails with Status::refused where there is none, and with Status::malformed where the
/// file cannot be read at all.
Result<std::vector<Findings>> check(const std::string &path);

} // namespace linkname
