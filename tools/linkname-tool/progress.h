// A line on the terminal that says how far a long job is. What is done within a second shows none.
#pragma once

#include <linkname/rewrite.h>

#include <atomic>
#include <chrono>
#include <mutex>

namespace linkname::tool {

class ProgressLine {
public:
  ProgressLine() = default;
  ProgressLine(const ProgressLine &) = delete;
  ProgressLine &operator=(const ProgressLine &) = delete;
  /// Wipes the line away.
  ~ProgressLine();

  /// Empty where standard error is no terminal. Refers to this line.
  [[nodiscard]] Progress progress();

private:
  using Clock = std::chrono::steady_clock;

  void show(Stage stage, std::size_t done, std::size_t total);

  std::atomic<Clock::rep> next_ = (Clock::now() + std::chrono::seconds(1)).time_since_epoch().count();
  std::mutex mutex_;
  bool shown_ = false;
};

} // namespace linkname::tool
