#include "base/copy_ahead.h"

#include "base/range_copier.h"

#include <algorithm>
#include <system_error>

namespace linkname {
namespace {

/// So much is copied ahead between two looks at whether it is still wanted.
constexpr std::size_t ahead_step = 1U << 20U;

} // namespace

CopyAhead::CopyAhead(const MappedFile &input, int output) : input_(input), output_(output) {
  try {
    thread_ = std::thread([this] {
      copy();
      enter(Stage::ended);
    });
  } catch (const std::system_error &) {
    stage_ = Stage::ended; // no thread is to be had: then nothing is copied ahead
  }
}

CopyAhead::~CopyAhead() { stop(true); }

void CopyAhead::expect(const Outlook &outlook) {
  const std::lock_guard lock(mutex_);
  outlook_ = outlook;
  changed_.notify_one();
}

bool CopyAhead::wait_for_tail() const {
  stage_.wait(Stage::head);
  return stage_ == Stage::tail;
}

CopyAhead::Pause::Pause(CopyAhead &copy) : copy_(copy) { copy_.paused_ = true; }

CopyAhead::Pause::~Pause() {
  copy_.paused_ = false;
  copy_.paused_.notify_one();
}

InPlace CopyAhead::stop(bool wrong) {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    useless_ = wrong;
    changed_.notify_one();
  }
  if (thread_.joinable())
    thread_.join();
  return done_;
}

void CopyAhead::enter(Stage stage) {
  stage_ = stage;
  stage_.notify_one();
}

void CopyAhead::copy() {
  RangeCopier copier(input_, output_);
  const std::uint64_t size = input_.bytes().size();
  // Whoever goes on from where a copy failed meets the same failure and reports it.
  while (done_.fixed_until < std::min(size, fixed_until())) {
    const std::uint64_t step = std::min<std::uint64_t>(ahead_step, size - done_.fixed_until);
    if (!copier.copy(done_.fixed_until, done_.fixed_until, step))
      return;
    done_.fixed_until += step;
  }
  const std::optional<Outlook> outlook = wait_for_outlook();
  if (!outlook || outlook->distance == 0 || outlook->tail_from == outlook->tail_until)
    return;
  // The tail is written over what was copied past the fixed part.
  done_ = {.fixed_until = std::min(done_.fixed_until, outlook->tail_from),
           .tail_from = outlook->tail_from,
           .tail_until = outlook->tail_from,
           .distance = outlook->distance};
  enter(Stage::tail);
  while (done_.tail_until < outlook->tail_until && !useless_) {
    paused_.wait(true);
    const std::uint64_t step = std::min<std::uint64_t>(ahead_step, outlook->tail_until - done_.tail_until);
    if (!copier.copy(done_.tail_until, done_.tail_until + outlook->distance, step))
      return;
    done_.tail_until += step;
  }
}

std::uint64_t CopyAhead::fixed_until() {
  const std::lock_guard lock(mutex_);
  if (useless_ || (ended_ && !outlook_))
    return 0;
  const bool tail_moves = outlook_ && outlook_->distance != 0 && outlook_->tail_from != outlook_->tail_until;
  return tail_moves ? outlook_->tail_from : UINT64_MAX;
}

std::optional<Outlook> CopyAhead::wait_for_outlook() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return ended_ || outlook_; });
  return outlook_;
}

} // namespace linkname
