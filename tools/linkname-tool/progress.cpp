#include "progress.h"

#include <unistd.h>

#include <iostream>
#include <sstream>
#include <string_view>

namespace linkname::tool {
namespace {

std::string_view words(Stage stage) {
  switch (stage) {
  case Stage::reading:
    return "reading";
  case Stage::laying_out:
    return "rewriting";
  case Stage::writing:
    return "writing";
  }
  return {};
}

} // namespace

ProgressLine::~ProgressLine() {
  if (shown_)
    std::cerr << "\r\x1b[K" << std::flush;
}

Progress ProgressLine::progress() {
  if (isatty(STDERR_FILENO) == 0)
    return {};
  return [this](Stage stage, std::size_t done, std::size_t total) { show(stage, done, total); };
}

void ProgressLine::show(Stage stage, std::size_t done, std::size_t total) {
  constexpr auto interval = std::chrono::milliseconds(100);
  constexpr std::size_t width = 24;
  const Clock::time_point now = Clock::now();
  Clock::rep due = next_;
  // One thread draws; the others go on.
  if (now.time_since_epoch().count() < due ||
      !next_.compare_exchange_strong(due, (now + interval).time_since_epoch().count()))
    return;
  const std::lock_guard lock(mutex_);
  shown_ = true;
  const std::size_t filled = total == 0 ? width : done * width / total;
  std::ostringstream line;
  line << "\r\x1b[K" << words(stage) << " [" << std::string(filled, '#') << std::string(width - filled, ' ') << "] "
       << done << " of " << total;
  std::cerr << line.str() << std::flush;
}

} // namespace linkname::tool
