#include "base/replace_file.h"

#include "base/new_file.h"
#include "base/range_copier.h"
#include "base/text.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <span>

namespace linkname {
namespace {

/// Writes the new contents in file order. Pieces that lie close together are gathered and written at once.
class Assembler {
public:
  Assembler(const MappedFile &input, int output, const InPlace &in_place)
      : input_(input), copier_(input, output), in_place_(in_place) {}

  bool run(const Splices &splices) {
    std::uint64_t position = 0; // in the input
    for (const Splice &splice : splices) {
      if (!keep(position, splice.offset - position) || !put(splice.bytes))
        return false;
      position = splice.offset + splice.old_length;
    }
    return keep(position, input_.bytes().size() - position) && flush();
  }

  [[nodiscard]] std::uint64_t size() const { return output_position_; }

private:
  /// `length` bytes of the input that stay.
  bool keep(std::uint64_t from, std::uint64_t length) {
    const std::uint64_t ready = std::min(length, in_place_.ready(from, output_position_));
    if (length < (ready == length ? page : kernel_copy_from))
      return put(input_.bytes().substr(static_cast<std::size_t>(from), static_cast<std::size_t>(length)));
    if (!flush())
      return false;
    const bool copied = copier_.copy(from + ready, output_position_ + ready, length - ready);
    output_position_ += length;
    return copied;
  }

  bool put(Bytes bytes) {
    constexpr std::size_t enough = 1U << 20U;
    if (bytes.size() >= enough) {
      const bool written = flush() && copier_.write(output_position_, bytes);
      output_position_ += bytes.size();
      return written;
    }
    gathered_ += bytes;
    output_position_ += bytes.size();
    return gathered_.size() < enough || flush();
  }

  bool flush() {
    const bool written = copier_.write(output_position_ - gathered_.size(), gathered_);
    gathered_.clear();
    return written;
  }

  const MappedFile &input_;
  RangeCopier copier_;
  InPlace in_place_;
  std::uint64_t output_position_ = 0;
  std::string gathered_;
};

/// By how much `splices` make a file longer, modulo 2^64.
std::uint64_t growth(std::span<const Splice> splices) {
  std::uint64_t bytes = 0;
  for (const Splice &splice : splices)
    bytes += splice.bytes.size() - splice.old_length;
  return bytes;
}

/// Those of the ordered splices that move what stands at `offset`.
std::span<const Splice> splices_before(std::span<const Splice> splices, std::uint64_t offset) {
  const auto moves = [&](const Splice &splice) {
    return splice.offset < offset || (splice.offset == offset && splice.old_length == 0);
  };
  return splices.first(static_cast<std::size_t>(std::ranges::partition_point(splices, moves) - splices.begin()));
}

/// What was written, mapped back for as long as it is looked at.
Result<void> verify_written(int fd, std::size_t size, const std::string &target, const Verify &verify,
                            const Settle &settle) {
  if (size == 0)
    return verify({}, settle);
  void *const data = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, 0);
  if (data == MAP_FAILED)
    return system_error(target, "cannot read back what was written", errno);
  Result<void> verified = verify(Bytes(static_cast<const char *>(data), size), settle);
  ::munmap(data, size);
  return verified;
}

} // namespace

class FileReplacement::Impl {
public:
  Impl(std::shared_ptr<const MappedFile> input, std::string output, std::string target, const struct stat *old,
       NewFile file)
      : input_(std::move(input)), output_(std::move(output)), target_(std::move(target)), replaces_(old != nullptr),
        old_(old != nullptr ? *old : input_->status()), file_(std::move(file)) {}

  void copy_ahead() { ahead_ = std::make_unique<CopyAhead>(*input_, file_.descriptor()); }

  void expect(const Outlook &outlook) {
    expected_ = outlook;
    if (ahead_)
      ahead_->expect(outlook);
  }

  Result<void> finish(const Splices &splices, const Verify &verify) {
    const InPlace in_place = what_is_ahead(splices);
    const Result<std::uint64_t> size = assemble(splices, in_place);
    if (!size)
      return std::unexpected(size.error());
    const Settle settle = [&] { return complete(in_place); };
    Result<void> good = verify_written(file_.descriptor(), *size, output_, verify, settle);
    if (good)
      good = settle();
    if (!good)
      return good;
    if (Result<void> kept = keep_owner_and_mode(); !kept)
      return kept;
    if (!input_->unchanged_on_disk())
      return fail(Status::system, input_->real_path(),
                  "was changed by another process in the meantime; nothing was written", "run it again");
    return file_.move_to(target_);
  }

private:
  /// Writes what is not there yet; gives the new file's size.
  Result<std::uint64_t> assemble(const Splices &splices, const InPlace &in_place) {
    std::optional<CopyAhead::Pause> pause;
    if (ahead_)
      pause.emplace(*ahead_);
    Assembler assembler(*input_, file_.descriptor(), in_place);
    if (!assembler.run(splices) || ::ftruncate(file_.descriptor(), static_cast<off_t>(assembler.size())) != 0)
      return system_error(output_, "cannot write", errno);
    return assembler.size();
  }

  /// What need not be written. Once the copy is in a tail that no splice touches, that is the whole tail already.
  InPlace what_is_ahead(std::span<const Splice> splices) {
    if (!ahead_)
      return {};
    const std::span<const Splice> before = splices_before(splices, expected_.tail_from);
    const bool has_tail = expected_.tail_from != expected_.tail_until; // where there is none, nothing was guessed
    const bool guessed_wrong = has_tail && growth(before) != expected_.distance;
    const bool untouched = splices_before(splices, expected_.tail_until).size() == before.size();
    if (guessed_wrong || !has_tail || !untouched || !ahead_->wait_for_tail())
      return ahead_->stop(guessed_wrong);
    return {.fixed_until = expected_.tail_from,
            .tail_from = expected_.tail_from,
            .tail_until = expected_.tail_until,
            .distance = expected_.distance};
  }

  /// Waits for a tail that was still on its way, and makes up for what was not copied.
  Result<void> complete(const InPlace &promised) {
    if (!ahead_)
      return {};
    const InPlace done = ahead_->stop(false);
    RangeCopier copier(*input_, file_.descriptor());
    if (done.tail_until < promised.tail_until &&
        !copier.copy(done.tail_until, done.tail_until + promised.distance, promised.tail_until - done.tail_until))
      return system_error(output_, "cannot write", errno);
    return {};
  }

  /// An existing output keeps its mode and, where we may, its owner; a new one got the input's mode less the umask.
  [[nodiscard]] Result<void> keep_owner_and_mode() const {
    if (!replaces_)
      return {};
    const bool foreign = old_.st_uid != ::geteuid() || old_.st_gid != ::getegid();
    if (foreign && ::fchown(file_.descriptor(), old_.st_uid, old_.st_gid) != 0 && errno != EPERM)
      return system_error(output_, "cannot keep the owner", errno);
    if (::fchmod(file_.descriptor(), old_.st_mode & 07777U) != 0)
      return system_error(output_, "cannot keep the mode", errno);
    return {};
  }

  std::shared_ptr<const MappedFile> input_;
  std::string output_;
  std::string target_;
  bool replaces_;
  struct stat old_;
  NewFile file_;
  Outlook expected_;
  std::unique_ptr<CopyAhead> ahead_; ///< after `file_`: it has to stop before the file is closed
};

FileReplacement::FileReplacement(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FileReplacement::FileReplacement(FileReplacement &&) noexcept = default;
FileReplacement &FileReplacement::operator=(FileReplacement &&) noexcept = default;
FileReplacement::~FileReplacement() = default;

Result<FileReplacement> FileReplacement::begin(std::shared_ptr<const MappedFile> input, const std::string &output) {
  const std::string target = follow_links(output);
  struct stat old{};
  const bool replaces = ::stat(target.c_str(), &old) == 0;
  if (!replaces && errno != ENOENT)
    return system_error(output, "cannot stat", errno);
  if (replaces && !S_ISREG(old.st_mode))
    return fail(Status::system, output, "is not a regular file and will not be replaced", "name a file with -o");
  Result<NewFile> file = NewFile::create(target, input->status().st_mode & 0777U);
  if (!file)
    return std::unexpected(std::move(file.error()));
  return FileReplacement(
      std::make_unique<Impl>(std::move(input), output, target, replaces ? &old : nullptr, std::move(*file)));
}

void FileReplacement::copy_ahead() { impl_->copy_ahead(); }
void FileReplacement::expect(const Outlook &outlook) { impl_->expect(outlook); }

Result<void> FileReplacement::finish(const Splices &splices, const Verify &verify) {
  return impl_->finish(splices, verify);
}

} // namespace linkname
