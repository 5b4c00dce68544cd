// Making up one's mind about a large file takes about as long as copying it. On a second core the copy begins
// meanwhile, with what will probably not change.
#pragma once

#include "base/file_io.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

namespace linkname {

/// A range of the input that is copied as it is.
struct Run {
  std::uint64_t from = 0;
  std::uint64_t until = 0;
  std::uint64_t distance = 0; ///< by which it moves, modulo 2^64
};

/// What stands in the output already, or will: runs in the order of the input.
class InPlace {
public:
  InPlace() = default;
  /// In the order of the input. Such as go on where the one before them ends become one.
  explicit InPlace(std::span<const Run> runs);

  [[nodiscard]] const std::vector<Run> &runs() const { return runs_; }

  /// How many of the input's bytes from `from` on stand at `to` in the output.
  [[nodiscard]] std::uint64_t ready(std::uint64_t from, std::uint64_t to) const;

private:
  std::vector<Run> runs_;
};

/// Copies runs in a thread of its own, as they are told. A run that turns out wrong costs time and nothing else.
class CopyAhead {
public:
  /// Both must outlive it; `output` is a descriptor. Until the first run is told, it copies what `guess` says.
  CopyAhead(const MappedFile &input, int output, const std::optional<Run> &guess);
  CopyAhead(const CopyAhead &) = delete;
  CopyAhead &operator=(const CopyAhead &) = delete;
  ~CopyAhead();

  /// The next run; behind the one before it.
  void add(const Run &run);

  /// All runs that were told.
  [[nodiscard]] const std::vector<Run> &told() const { return told_; }

  /// Waits until the first `count` runs are copied and nothing is written on a guess any more, or nothing will be
  /// written at all; true in the first case. A run must have been told.
  [[nodiscard]] bool wait_for(std::size_t count) const;

  /// Lets the caller write for as long as it exists. Without it the copy, which asks for the file again and again,
  /// would keep others from it until its end.
  class Pause {
  public:
    explicit Pause(CopyAhead &copy);
    Pause(const Pause &) = delete;
    Pause &operator=(const Pause &) = delete;
    ~Pause();

  private:
    CopyAhead &copy_;
  };

  /// Waits until all that was told is copied; or ends it at once, where that is of no use. Says how far it came.
  InPlace stop(bool at_once);

private:
  static constexpr std::size_t no_more = SIZE_MAX;

  void copy();
  void end();
  std::optional<Run> next_step();
  Run begun(const Run &run);

  const MappedFile &input_;
  int output_;
  std::optional<Run> guess_; ///< the thread's: so much of it as is copied
  std::vector<Run> told_;    ///< the caller's; the thread has runs_
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Run> runs_;
  bool ended_ = false; ///< no more runs will be told
  bool at_once_ = false;
  std::atomic<bool> paused_ = false;
  std::atomic<std::size_t> whole_ = 0; ///< so many runs are copied; no_more when the thread has ended
  std::atomic<bool> guided_;           ///< it copies what it is told, or nothing
  std::vector<Run> done_;              ///< how far each run is copied; the thread's until it has ended
  std::thread thread_;
};

} // namespace linkname
