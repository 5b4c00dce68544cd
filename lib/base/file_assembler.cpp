#include "base/file_assembler.h"

#include "base/large_pages.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace linkname {
namespace {

/// Gaps of this length between two edits are not written again when they are there already.
constexpr std::size_t worth_a_write_of_its_own = 4096;
/// So much is written at a time, in so many pieces at most (IOV_MAX).
constexpr std::size_t enough = 1U << 20U;
constexpr std::size_t most_pieces = 1024;
/// A shorter piece is cheaper to copy than to name.
constexpr std::size_t worth_a_piece = 512;
constexpr std::size_t most_small = 64U << 10U;
/// Deferred bytes.
constexpr std::uint64_t made_at_once = 4U << 20U;

/// Whether `inside` is, as was promised, what happens in the old bytes that a deferred splice names.
bool stands_for(const Splice &deferred, const Splices &inside) {
  const std::uint64_t end = deferred.offset + deferred.old_length;
  std::uint64_t position = deferred.offset;
  for (const Splice &splice : inside) {
    if (splice.deferred != 0 || splice.offset < position || splice.offset > end ||
        splice.old_length > end - splice.offset)
      return false;
    position = splice.offset + splice.old_length;
  }
  return new_size(deferred.old_length, inside) == deferred.deferred;
}

} // namespace

bool FileAssembler::run(const Splices &splices) {
  small_.reserve(most_small);
  for (std::size_t i = 0; i < splices.size(); ++i)
    if (!(splices[i].deferred == 0 ? splice_in(splices[i]) : make_in(std::span(splices).subspan(i))))
      return false;
  return keep(input_position_, input_.bytes().size() - input_position_) && flush();
}

bool FileAssembler::splice_in(const Splice &splice) {
  if (!keep(input_position_, splice.offset - input_position_))
    return false;
  input_position_ = splice.offset;
  if (!put(splice.bytes))
    return false;
  input_position_ += splice.old_length;
  return true;
}

/// The deferred splice that `splices` open with.
bool FileAssembler::make_in(std::span<const Splice> splices) {
  if (next_made_ == made_.size() && !make_next(splices))
    return false;
  const Splices &inside = made_[next_made_++];
  if (stands_for(splices.front(), inside))
    return std::ranges::all_of(inside, [&](const Splice &splice) { return splice_in(splice); });
  errno = ESTALE;
  return false;
}

/// Makes some of the deferred ones among `splices`: as many as are worth starting threads for and few enough to keep.
bool FileAssembler::make_next(std::span<const Splice> splices) {
  if (!flush()) // what was made before may still be waiting
    return false;
  std::vector<const Splice *> next;
  std::uint64_t length = 0;
  for (auto splice = splices.begin(); splice != splices.end() && length < made_at_once; ++splice)
    if (splice->deferred != 0) {
      next.push_back(&*splice);
      length += splice->deferred;
    }
  std::optional<std::vector<Splices>> made = make_(next);
  if (!made || made->size() != next.size()) {
    errno = ESTALE;
    return false;
  }
  made_ = std::move(*made);
  next_made_ = 0;
  return true;
}

/// `length` bytes of the input that stay.
bool FileAssembler::keep(std::uint64_t from, std::uint64_t length) {
  const std::uint64_t ready = std::min(length, in_place_.ready(from, output_position_));
  if (length < (ready == length ? worth_a_write_of_its_own : kernel_copy_from))
    return put(input_.bytes().substr(static_cast<std::size_t>(from), static_cast<std::size_t>(length)));
  if (!flush())
    return false;
  const bool copied = copier_.copy(from + ready, output_position_ + ready, length - ready);
  output_position_ += length;
  return copied;
}

/// `bytes` stay where they are until flush().
bool FileAssembler::put(Bytes bytes) {
  if (bytes.empty())
    return true;
  output_position_ += bytes.size();
  waiting_ += bytes.size();
  if (bytes.size() < worth_a_piece) {
    const std::size_t start = small_.size();
    small_ += bytes;
    bytes = Bytes(small_).substr(start);
  }
  if (!pieces_.empty() && static_cast<const char *>(pieces_.back().iov_base) + pieces_.back().iov_len == bytes.data())
    pieces_.back().iov_len += bytes.size();
  else
    pieces_.push_back({.iov_base = const_cast<char *>(bytes.data()), .iov_len = bytes.size()});
  const bool full =
      waiting_ >= enough || pieces_.size() == most_pieces || small_.capacity() - small_.size() < worth_a_piece;
  return !full || flush();
}

bool FileAssembler::flush() {
  const bool written = copier_.write(output_position_ - waiting_, pieces_);
  pieces_.clear();
  small_.clear();
  waiting_ = 0;
  if (written && progress_)
    progress_(output_position_, input_position_);
  return written;
}

BackgroundWrite::BackgroundWrite(const MappedFile &input, int output, const Splices &splices,
                                 const MakeDeferred &make) {
  try {
    thread_ = std::thread([this, &input, output, &splices, &make] { write(input, output, splices, make); });
  } catch (const std::system_error &) {
    write(input, output, splices, make); // no thread is to be had
  }
}

BackgroundWrite::~BackgroundWrite() {
  if (thread_.joinable())
    thread_.join();
}

void BackgroundWrite::write(const MappedFile &input, int output, const Splices &splices, const MakeDeferred &make) {
  UnmapBehind unmap(input.bytes()); // or both files would be mapped at the end
  FileAssembler assembler(input, output, {}, make, [&](std::uint64_t written, std::uint64_t done_with) {
    written_ = written;
    written_.notify_all();
    unmap.pass(done_with);
  });
  const bool done = assembler.run(splices);
  error_ = done ? 0 : errno;
  written_ = all;
  written_.notify_all();
}

int BackgroundWrite::wait_for(std::uint64_t until) const {
  std::uint64_t written = written_;
  for (; written < until; written = written_)
    written_.wait(written);
  return written == all ? error_ : 0;
}

} // namespace linkname
