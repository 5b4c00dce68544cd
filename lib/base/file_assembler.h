// A new file made of ranges of an old one and of what changes between them, written from its start to its end.
#pragma once

#include "base/copy_ahead.h"
#include "base/file_io.h"
#include "base/range_copier.h"
#include "base/splice.h"

#include <sys/uio.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace linkname {

/// Writes the new contents in file order. Pieces that lie close together are written at once.
class FileAssembler {
public:
  /// Is told now and then up to where the new file is written, and up to where the input is done with.
  using Progress = std::function<void(std::uint64_t written, std::uint64_t input)>;

  FileAssembler(const MappedFile &input, int output, InPlace in_place, const MakeDeferred &make, Progress progress = {})
      : input_(input), copier_(input, output), in_place_(std::move(in_place)), make_(make),
        progress_(std::move(progress)) {}

  /// False with errno where the system fails, ESTALE where what was deferred cannot be made any more.
  bool run(const Splices &splices);

  /// Of the new file, once it is written.
  [[nodiscard]] std::uint64_t size() const { return output_position_; }

private:
  bool splice_in(const Splice &splice);
  bool make_in(std::span<const Splice> splices);
  bool make_next(std::span<const Splice> splices);
  bool keep(std::uint64_t from, std::uint64_t length);
  bool put(Bytes bytes);
  bool flush();

  const MappedFile &input_;
  RangeCopier copier_;
  InPlace in_place_;
  const MakeDeferred &make_;
  Progress progress_;
  std::uint64_t input_position_ = 0;
  std::uint64_t output_position_ = 0;
  std::vector<iovec> pieces_; ///< that wait to be written
  std::uint64_t waiting_ = 0; ///< their length
  std::string small_;         ///< copies of short pieces; never grows past its first capacity
  std::vector<Splices> made_; ///< what the next of the deferred splices stand for
  std::size_t next_made_ = 0;
};

/// The same in a thread of its own, so that what is written can be looked at meanwhile.
class BackgroundWrite {
public:
  /// All must outlive it; `output` is a descriptor.
  BackgroundWrite(const MappedFile &input, int output, const Splices &splices, const MakeDeferred &make);
  BackgroundWrite(const BackgroundWrite &) = delete;
  BackgroundWrite &operator=(const BackgroundWrite &) = delete;
  ~BackgroundWrite();

  /// Waits until the new file is written up to there; 0, or the errno of FileAssembler::run().
  int wait_for(std::uint64_t until) const;

private:
  static constexpr std::uint64_t all = UINT64_MAX;

  void write(const MappedFile &input, int output, const Splices &splices, const MakeDeferred &make);

  std::atomic<std::uint64_t> written_ = 0; ///< `all` when the thread has ended
  int error_ = 0;                          ///< the thread's until it has ended
  std::thread thread_;
};

} // namespace linkname
