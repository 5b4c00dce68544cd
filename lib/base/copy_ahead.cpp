#include "base/copy_ahead.h"

#include "base/range_copier.h"

#include <algorithm>
#include <iterator>
#include <system_error>

namespace linkname {
namespace {

/// So much is copied ahead between two looks at whether it is still wanted; up to such a boundary of the output, for
/// which the kernel takes larger pieces of its cache: it saves a seventh of the time.
constexpr std::size_t ahead_step = 1U << 20U;

} // namespace

InPlace::InPlace(std::span<const Run> runs) {
  for (const Run &run : runs)
    if (!runs_.empty() && runs_.back().until == run.from && runs_.back().distance == run.distance)
      runs_.back().until = run.until;
    else
      runs_.push_back(run);
}

std::uint64_t InPlace::ready(std::uint64_t from, std::uint64_t to) const {
  const auto after = std::ranges::upper_bound(runs_, from, {}, &Run::from);
  if (after == runs_.begin())
    return 0;
  const Run &run = *std::prev(after);
  return from < run.until && to - from == run.distance ? run.until - from : 0;
}

CopyAhead::CopyAhead(const MappedFile &input, int output, const std::optional<Run> &guess)
    : input_(input), output_(output), guess_(guess), guided_(!guess) {
  if (guess_)
    guess_->until = guess_->from; // so far
  try {
    thread_ = std::thread([this] {
      copy();
      end();
    });
  } catch (const std::system_error &) {
    end(); // no thread is to be had: then nothing is copied ahead
  }
}

void CopyAhead::end() {
  whole_ = no_more;
  whole_.notify_all();
  guided_ = true;
  guided_.notify_all();
}

CopyAhead::~CopyAhead() { stop(true); }

void CopyAhead::add(const Run &run) {
  // A run that wrote over the one before it could only be wrong.
  if (!told_.empty() &&
      (run.from < told_.back().until || run.from + run.distance < told_.back().until + told_.back().distance))
    return;
  told_.push_back(run);
  const std::lock_guard lock(mutex_);
  runs_.push_back(run);
  changed_.notify_one();
}

bool CopyAhead::wait_for(std::size_t count) const {
  guided_.wait(false);
  for (std::size_t whole = whole_; whole != no_more; whole = whole_) {
    if (whole >= count)
      return true;
    whole_.wait(whole);
  }
  return false;
}

CopyAhead::Pause::Pause(CopyAhead &copy) : copy_(copy) { copy_.paused_ = true; }

CopyAhead::Pause::~Pause() {
  copy_.paused_ = false;
  copy_.paused_.notify_one();
}

InPlace CopyAhead::stop(bool at_once) {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    at_once_ = at_once;
    changed_.notify_one();
  }
  if (thread_.joinable())
    thread_.join();
  return InPlace(done_);
}

void CopyAhead::copy() {
  RangeCopier copier(input_, output_);
  while (const std::optional<Run> step = next_step()) {
    // Whoever goes on from where a copy failed meets the same failure and reports it.
    if (!copier.copy(step->from, step->from + step->distance, step->until - step->from))
      return;
    Run &progress = done_.empty() && guess_ ? *guess_ : done_.back();
    progress.until = step->until;
    paused_.wait(true);
  }
}

/// The next piece to copy; waits for one to be told. Nothing at the end.
std::optional<Run> CopyAhead::next_step() {
  std::unique_lock lock(mutex_);
  const auto piece = [](const Run &done, std::uint64_t until) {
    const std::uint64_t to_boundary = ahead_step - (done.until + done.distance) % ahead_step;
    return Run{.from = done.until, .until = std::min(until, done.until + to_boundary), .distance = done.distance};
  };
  while (!at_once_) {
    if (runs_.empty() && !ended_ && guess_ && guess_->until < input_.bytes().size())
      return piece(*guess_, input_.bytes().size());
    if (!runs_.empty() && !guided_) {
      guided_ = true;
      guided_.notify_all();
    }
    for (std::size_t whole = whole_; whole < runs_.size();) {
      if (done_.size() == whole)
        done_.push_back(begun(runs_[whole]));
      if (done_.back().until < runs_[whole].until)
        return piece(done_.back(), runs_[whole].until);
      whole_ = ++whole;
      whole_.notify_all();
    }
    if (ended_)
      return std::nullopt;
    changed_.wait(lock);
  }
  return std::nullopt;
}

/// So much of the run as was copied on the guess. A run that moves otherwise is written over the rest of it, unless it
/// stands before: an archive's first bytes stay where they are.
Run CopyAhead::begun(const Run &run) {
  Run done = {.from = run.from, .until = run.from, .distance = run.distance};
  if (guess_ && guess_->distance != run.distance && run.until > guess_->from)
    guess_.reset();
  if (guess_ && guess_->from <= run.from && run.from < guess_->until)
    done.until = std::min(guess_->until, run.until);
  return done;
}

} // namespace linkname
