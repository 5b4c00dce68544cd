#include "base/copy_ahead.h"

#include "base/range_copier.h"

#include <algorithm>
#include <iterator>
#include <system_error>

namespace linkname {
namespace {

/// So much is copied ahead between two looks at whether it is still wanted.
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

CopyAhead::CopyAhead(const MappedFile &input, int output, bool eager) : input_(input), output_(output), eager_(eager) {
  try {
    thread_ = std::thread([this] {
      copy();
      whole_ = no_more;
      whole_.notify_all();
    });
  } catch (const std::system_error &) {
    whole_ = no_more; // no thread is to be had: then nothing is copied ahead
  }
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
    note(*step);
    paused_.wait(true);
  }
}

/// The next piece to copy; waits for one to be told. Nothing at the end.
std::optional<Run> CopyAhead::next_step() {
  std::unique_lock lock(mutex_);
  const auto piece = [](std::uint64_t from, std::uint64_t until, std::uint64_t distance) {
    return Run{.from = from, .until = std::min(until, from + ahead_step), .distance = distance};
  };
  while (!at_once_) {
    if (runs_.empty() && eager_ && !ended_) {
      const std::uint64_t from = done_.empty() ? 0 : done_.front().until;
      if (from < input_.bytes().size())
        return piece(from, input_.bytes().size(), 0);
    }
    for (std::size_t whole = whole_; whole < runs_.size();) {
      const Run &run = runs_[whole];
      if (whole == 0 && !done_.empty() && run.distance != 0)
        done_.clear(); // what was copied eagerly is written over
      if (whole == 0 && !done_.empty())
        done_.front().until = std::min(done_.front().until, run.until);
      const std::uint64_t from = done_.size() > whole ? done_[whole].until : run.from;
      if (from < run.until)
        return piece(from, run.until, run.distance);
      if (done_.size() == whole) // it is empty
        done_.push_back({.from = from, .until = from, .distance = run.distance});
      whole_ = ++whole;
      whole_.notify_all();
    }
    if (ended_)
      return std::nullopt;
    changed_.wait(lock);
  }
  return std::nullopt;
}

void CopyAhead::note(const Run &step) {
  if (done_.size() > whole_)
    done_.back().until = step.until;
  else
    done_.push_back(step);
}

} // namespace linkname
