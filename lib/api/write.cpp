#include "api/write.h"

#include "api/lay_out.h"
#include "api/thin_output.h"
#include "base/preview.h"
#include "base/replace_file.h"
#include "base/side_folder.h"
#include "base/verify_copy.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace linkname {
namespace {

/// Whether an input is a part of its file: one member of an archive.
bool is_part(const Input &input) { return input.bytes().size() != input.file->bytes().size(); }

/// The splices of the file that a part is in: all around it goes.
Splices of_whole_file(const Input &input) {
  const std::uint64_t size = input.file->bytes().size();
  const auto from = static_cast<std::uint64_t>(input.bytes().data() - input.file->bytes().data());
  const std::uint64_t end = from + input.bytes().size();
  Splices splices = {{.offset = 0, .old_length = from, .bytes = {}}};
  for (const Splice &splice : input.splices)
    splices.push_back({.offset = from + splice.offset, .old_length = splice.old_length, .bytes = splice.bytes});
  splices.push_back({.offset = end, .old_length = size - end, .bytes = {}});
  return splices;
}

class Writing {
public:
  Writing(std::vector<const Input *> inputs, const RewriteJob &job, HeadStart &head_start)
      : job_(job), head_start_(head_start), order_(std::move(inputs)) {
    std::ranges::stable_partition(order_, [](const Input *input) { return !input->is_thin(); });
    together_ = job.output.empty() && !order_.empty() && order_.back()->is_thin();
  }

  Result<void> run() {
    std::size_t done = 0;
    for (const Input *const input : order_) {
      if (job_.progress)
        job_.progress(Stage::writing, done++, order_.size());
      const bool stays = input->splices.empty() && (job_.output.empty() || !input->member.empty());
      if (stays)
        continue;
      const bool beside = !job_.output.empty() && input->output != job_.output;
      if (Result<void> written = beside ? write_beside(*input) : write(*input); !written)
        return written;
    }
    for (const FileReplacement &file : waiting_)
      if (Result<void> same = file.look_again(); !same)
        return same;
    for (FileReplacement &file : waiting_)
      if (Result<void> placed = file.take_place(); !placed)
        return placed;
    if (folder_)
      folder_->keep();
    return {};
  }

private:
  Result<void> write(const Input &input) {
    Result<FileReplacement> file = head_start_.replacement(input);
    if (!file)
      return std::unexpected(std::move(file.error()));
    Result<void> seen;
    const std::optional<Preview> preview = look_ahead(input, seen);
    if (!seen)
      return seen;
    const Verify verify_it = [&](Bytes written, const SettleUntil &settle) -> Result<void> {
      if (!preview)
        return in_file(input.output, verify_input(input, written, settle));
      const Result<void> settled = settle(written.size());
      return settled ? in_file(input.output, verify_splices(input.bytes(), input.splices, written)) : settled;
    };
    const Splices around = is_part(input) ? of_whole_file(input) : Splices();
    const Splices &splices = is_part(input) ? around : input.splices;
    if (!together_)
      return file->finish(splices, verify_it, look_of(input), make_deferred(input));
    Result<void> written = file->write(splices, verify_it, look_of(input), make_deferred(input));
    if (written)
      waiting_.push_back(std::move(*file));
    return written;
  }

  /// Verifying an image takes about as long as the rest of the work on it. While a large one is still being copied,
  /// what it will be is verified instead, and afterwards what was written is held against that.
  static std::optional<Preview> look_ahead(const Input &input, Result<void> &seen) {
    if (!input.tree.is_plain() || is_part(input) || input.bytes().size() < large_file || input.splices.empty() ||
        input.objects.front().known.format->lint == nullptr)
      return std::nullopt;
    std::optional<Preview> preview = Preview::create(*input.file, input.splices);
    if (preview)
      seen = in_file(input.output, verify_input(input, preview->bytes(), [](std::uint64_t) { return Result<void>(); }));
    return preview;
  }

  /// A new file beside the output, unless an earlier run has written the same. Nobody names it until the archive is in
  /// its place.
  Result<void> write_beside(const Input &input) {
    if (!folder_) {
      Result<SideFolder> folder = SideFolder::open(members_folder(job_.output));
      if (!folder)
        return std::unexpected(std::move(folder.error()));
      folder_.emplace(std::move(*folder));
    }
    const Result<bool> there = SideFolder::holds(input.output, apply_splices(input.bytes(), input.splices));
    if (!there)
      return std::unexpected(there.error());
    if (*there)
      return {};
    Result<void> written = write(input);
    if (written)
      folder_->add(input.output);
    return written;
  }

  const RewriteJob &job_;
  HeadStart &head_start_;
  std::vector<const Input *> order_;
  bool together_ = false; ///< all are written before the first one takes its place
  std::vector<FileReplacement> waiting_;
  std::optional<SideFolder> folder_;
};

} // namespace

Result<void> write_all(const std::vector<Input> &inputs, const RewriteJob &job, HeadStart &head_start) {
  std::vector<const Input *> all;
  all.reserve(inputs.size());
  for (const Input &input : inputs)
    all.push_back(&input);
  return Writing(std::move(all), job, head_start).run();
}

Result<void> write_thin(const std::vector<Input> &inputs, const Input &archive, const RewriteJob &job) {
  std::vector<const Input *> all = {&archive};
  for (const std::uint32_t member : archive.members_outside())
    if (!inputs[member].splices.empty())
      all.push_back(&inputs[member]);
  HeadStart none(job, {});
  return Writing(std::move(all), job, none).run();
}

} // namespace linkname
