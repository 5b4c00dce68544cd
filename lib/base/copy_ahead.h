// Making up one's mind about a large file takes about as long as copying it. On a second core the copy begins
// meanwhile, with what will probably not change.
#pragma once

#include "base/file_io.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>

namespace linkname {

/// What copying ahead is good for: the bytes before the tail probably stay where they are, and those in it move by
/// `distance`. Where there is no tail, most of the file stays. A wrong guess costs time and nothing else.
struct Outlook {
  std::uint64_t tail_from = 0;
  std::uint64_t tail_until = 0;
  std::uint64_t distance = 0;
};

/// What stands in the output already, or will: the input's first bytes, and a part of its tail at some distance.
struct InPlace {
  std::uint64_t fixed_until = 0;
  std::uint64_t tail_from = 0;
  std::uint64_t tail_until = 0;
  std::uint64_t distance = 0;

  /// How many of the input's bytes from `from` on stand at `to` in the output.
  [[nodiscard]] std::uint64_t ready(std::uint64_t from, std::uint64_t to) const {
    if (to == from && from < fixed_until)
      return fixed_until - from;
    if (to - from == distance && from >= tail_from && from < tail_until)
      return tail_until - from;
    return 0;
  }
};

/// Copies in a thread of its own: from the start of the input, and once it is known where the tail will probably stand,
/// the tail too.
class CopyAhead {
public:
  /// Both must outlive it; `output` is a descriptor.
  CopyAhead(const MappedFile &input, int output);
  CopyAhead(const CopyAhead &) = delete;
  CopyAhead &operator=(const CopyAhead &) = delete;
  ~CopyAhead();

  void expect(const Outlook &outlook);

  /// Waits until all before the tail is copied; true where the tail is on its way from then on. To be called after
  /// expect().
  [[nodiscard]] bool wait_for_tail() const;

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

  /// Waits for the copy to end, or ends it where the guess about the tail was `wrong`, and says how far it came.
  InPlace stop(bool wrong);

private:
  enum class Stage : std::uint8_t { head, tail, ended };

  void enter(Stage stage);
  void copy();
  std::uint64_t fixed_until();
  std::optional<Outlook> wait_for_outlook();

  const MappedFile &input_;
  int output_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Outlook> outlook_;
  bool ended_ = false;
  std::atomic<bool> useless_ = false;
  std::atomic<bool> paused_ = false;
  std::atomic<Stage> stage_ = Stage::head;
  InPlace done_; ///< the thread's until it has ended
  std::thread thread_;
};

} // namespace linkname
