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
#include <string>
#include <thread>
#include <vector>

namespace linkname {

/// Writes the new contents in file order. Pieces that lie close together are written at once.
class FileAssembler {
public:
  /// Is told now and then up to where the new file is written, and up to where the input is done with.
  using Progress = std::function<void(std::uint64_t written, std::uint64_t input)>;

  FileAssembler(const MappedFile &input, int output, InPlace in_place, Progress progress = {})
      : input_(input), copier_(input, output), in_place_(std::move(in_place)), progress_(std::move(progress)) {}

  /// False with errno where the system fails.
  bool run(const Splices &splices);

  /// Of the new file, once it is written.
  [[nodiscard]] std::uint64_t size() const { return output_position_; }

private:
  bool keep(std::uint64_t from, std::uint64_t length);
  bool put(Bytes bytes);
  bool flush();

  const MappedFile &input_;
  RangeCopier copier_;
  InPlace in_place_;
  Progress progress_;
  std::uint64_t input_position_ = 0;
  std::uint64_t output_position_ = 0;
  std::vector<iovec> pieces_; ///< that wait to be written
  std::uint64_t waiting_ = 0; ///< their length
  std::string small_;         ///< copies of short pieces; never grows past its first capacity
};

/// The same in a thread of its own, so that what is written can be looked at meanwhile.
class BackgroundWrite {
public:
  /// All must outlive it; `output` is a descriptor.
  BackgroundWrite(const MappedFile &input, int output, const Splices &splices);
  BackgroundWrite(const BackgroundWrite &) = delete;
  BackgroundWrite &operator=(const BackgroundWrite &) = delete;
  ~BackgroundWrite();

  /// Waits until the new file is written up to there; 0, or the errno where the system has failed.
  int wait_for(std::uint64_t until) const;

private:
  static constexpr std::uint64_t all = UINT64_MAX;

  void write(const MappedFile &input, int output, const Splices &splices);

  std::atomic<std::uint64_t> written_ = 0; ///< `all` when the thread has ended
  int error_ = 0;                          ///< the thread's until it has ended
  std::thread thread_;
};

} // namespace linkname
