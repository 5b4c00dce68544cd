// A file that is being written. It has no name until it is complete, so that nothing stays behind when the process is
// killed; where the file system knows no nameless files, it has a temporary name.
#pragma once

#include "base/file_io.h"

#include <sys/types.h>

#include <string>

namespace linkname {

class NewFile {
public:
  /// Beside `target`, with `mode` less the umask.
  static Result<NewFile> create(const std::string &target, mode_t mode);

  NewFile(NewFile &&other) noexcept;
  NewFile &operator=(NewFile &&) = delete;
  ~NewFile();

  [[nodiscard]] int descriptor() const { return fd_.get(); }

  /// Gives the file its place, from one moment to the next.
  Result<void> move_to(const std::string &target);

private:
  NewFile() = default;

  Descriptor fd_;
  std::string name_; ///< empty while it has none
};

} // namespace linkname
