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

/// Gaps of this length between two edits are not written again when they are there already.
constexpr std::size_t worth_a_write_of_its_own = 4096;

/// Writes the new contents in file order. Pieces that lie close together are gathered and written at once.
class Assembler {
public:
  Assembler(const MappedFile &input, int output, InPlace in_place)
      : input_(input), copier_(input, output), in_place_(std::move(in_place)) {}

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
    if (length < (ready == length ? worth_a_write_of_its_own : kernel_copy_from))
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

/// Those of the ordered splices that change something in the run. What is inserted at its start comes before it.
std::span<const Splice> splices_inside(std::span<const Splice> splices, const Run &run) {
  const auto before = [&](const Splice &splice) {
    return splice.offset < run.from || (splice.offset == run.from && splice.old_length == 0);
  };
  const auto first = std::ranges::partition_point(splices, before);
  return {first, std::ranges::lower_bound(first, splices.end(), run.until, {}, &Splice::offset)};
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

  void copy_ahead(const std::optional<Run> &guess) {
    ahead_ = std::make_unique<CopyAhead>(*input_, file_.descriptor(), guess);
  }

  void expect(const Run &run) {
    if (ahead_)
      ahead_->add(run);
  }

  Result<void> write(const Splices &splices, const Verify &verify) {
    const InPlace in_place = what_is_ahead(splices);
    const Result<std::uint64_t> size = assemble(splices, in_place);
    if (!size)
      return std::unexpected(size.error());
    const Settle settle = [&] { return complete(in_place); };
    Result<void> good = verify_written(file_.descriptor(), *size, output_, verify, settle);
    if (good)
      good = settle();
    return good ? keep_owner_and_mode() : good;
  }

  [[nodiscard]] Result<void> look_again() const {
    if (!input_->unchanged_on_disk())
      return fail(Status::system, input_->real_path(),
                  "was changed by another process in the meantime; nothing was written", "run it again");
    return {};
  }

  Result<void> take_place() { return file_.move_to(target_); }

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

  /// What need not be written. A run that no splice touches is as good as copied; one with changes inside has to be
  /// there before these are written into it.
  InPlace what_is_ahead(const Splices &splices) {
    if (!ahead_)
      return {};
    const OffsetMap moved(splices);
    std::size_t changed_inside = 0; // so many runs have to be there
    bool all_right = !ahead_->told().empty();
    bool useless = false;
    for (std::size_t i = 0; i < ahead_->told().size(); ++i) {
      const Run &run = ahead_->told()[i];
      useless = useless || moved(run.from) - run.from != run.distance;
      const std::span<const Splice> inside = splices_inside(splices, run);
      const auto resizes = [](const Splice &splice) { return splice.bytes.size() != splice.old_length; };
      all_right = all_right && std::ranges::none_of(inside, resizes);
      if (!inside.empty())
        changed_inside = i + 1;
    }
    if (useless || !all_right || !ahead_->wait_for(changed_inside))
      return ahead_->stop(useless);
    return InPlace(ahead_->told());
  }

  /// Waits for a tail that was still on its way, and makes up for what was not copied.
  Result<void> complete(const InPlace &promised) {
    if (!ahead_)
      return {};
    const InPlace done = ahead_->stop(false);
    RangeCopier copier(*input_, file_.descriptor());
    for (const Run &run : promised.runs()) {
      const std::uint64_t there = std::min(run.until - run.from, done.ready(run.from, run.from + run.distance));
      const std::uint64_t from = run.from + there;
      if (!copier.copy(from, from + run.distance, run.until - from))
        return system_error(output_, "cannot write", errno);
    }
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

void FileReplacement::copy_ahead(const std::optional<Run> &guess) { impl_->copy_ahead(guess); }
void FileReplacement::expect(const Run &run) { impl_->expect(run); }

Result<void> FileReplacement::write(const Splices &splices, const Verify &verify) {
  return impl_->write(splices, verify);
}

Result<void> FileReplacement::look_again() const { return impl_->look_again(); }
Result<void> FileReplacement::take_place() { return impl_->take_place(); }

Result<void> FileReplacement::finish(const Splices &splices, const Verify &verify) {
  Result<void> done = write(splices, verify);
  if (done)
    done = look_again();
  return done ? take_place() : done;
}

} // namespace linkname
