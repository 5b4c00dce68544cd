// The writing half of the one door to the file system. A file is replaced as a whole: the new contents are written
// beside it under no name, verified, and only then take the old one's place.
#pragma once

#include "base/copy_ahead.h"
#include "base/file_io.h"
#include "base/settle.h"
#include "base/splice.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace linkname {

/// Is shown what was written, of which a part may still be missing until `settle` was called for it.
using Verify = std::function<Result<void>(Bytes written, const SettleUntil &settle)>;

/// How the verification goes through what was written.
enum class Look : std::uint8_t {
  tables_first, ///< all is there at once but for what was copied ahead; `settle` waits for that, whatever it is asked
  in_order,     ///< from the start to the end, and nothing before `settle` was called for it: it is written meanwhile
};

/// A new file on its way to replace `output`. Until finish() succeeds nothing of it can be seen; dropped before, it
/// leaves nothing behind.
class FileReplacement {
public:
  static Result<FileReplacement> begin(std::shared_ptr<const MappedFile> input, const std::string &output);

  FileReplacement(FileReplacement &&) noexcept;
  FileReplacement &operator=(FileReplacement &&) noexcept;
  ~FileReplacement();

  /// Starts a thread that copies what is expected to stay as it is, while the caller still makes up its mind about the
  /// splices. It pays for large files. Until the first range is known, it copies what `guess` says.
  void copy_ahead(const std::optional<Run> &guess);

  /// While copying ahead: the next range that will probably be copied as it is.
  void expect(const Run &run);

  /// Writes the input with the ordered `splices` applied and gives it `output`'s place. The file under that path is
  /// either what it was or the whole new file, at every moment; symbolic links are followed, the mode is kept. `verify`
  /// is shown what was written before anything takes its place. `make` makes what is deferred in `splices`.
  Result<void> finish(const Splices &splices, const Verify &verify, Look look = Look::tables_first,
                      const MakeDeferred &make = {});

  /// The three steps of finish(), for files that belong together: the first for all of them, then the second, then the
  /// third. write() leaves nothing that can be seen.
  Result<void> write(const Splices &splices, const Verify &verify, Look look = Look::tables_first,
                     const MakeDeferred &make = {});
  /// Fails with Status::system where another process has changed the input meanwhile.
  [[nodiscard]] Result<void> look_again() const;
  Result<void> take_place();

private:
  class Impl;
  explicit FileReplacement(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

} // namespace linkname
