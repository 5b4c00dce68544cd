// A folder beside an output for files that belong to it. A file in there is called by its contents, so none is ever
// overwritten, and what an older output names stays what it was until the new one takes its place.
#pragma once

#include "base/bytes.h"

#include <linkname/error.h>

#include <string>
#include <vector>

namespace linkname {

class SideFolder {
public:
  /// Makes the folder `path` unless it is there. Fails with Status::system.
  static Result<SideFolder> open(const std::string &path);

  SideFolder(SideFolder &&) noexcept;
  SideFolder &operator=(SideFolder &&) = delete;
  /// Takes away what was added, unless it was kept.
  ~SideFolder();

  /// Whether `path` is there with these bytes already. Fails with Status::refused where it holds anything else.
  static Result<bool> holds(const std::string &path, Bytes bytes);

  /// `path` was written.
  void add(std::string path) { added_.push_back(std::move(path)); }

  /// What was written is there to stay.
  void keep();

private:
  SideFolder() = default;

  std::string made_; ///< the folder, where it was not there
  std::vector<std::string> added_;
};

/// `y.o` and its contents are `y-0123456789abcdef.o`.
[[nodiscard]] std::string name_by_contents(std::string_view file_name, Bytes bytes);

} // namespace linkname
