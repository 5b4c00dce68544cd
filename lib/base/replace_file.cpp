#include "base/replace_file.h"

#include "base/file_assembler.h"
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

/// Those of the ordered splices that change something in the run, be it its first bytes. What is inserted at its start
/// comes before it.
std::span<const Splice> splices_inside(std::span<const Splice> splices, const Run &run) {
  const auto before = [&](const Splice &splice) { return splice.offset + splice.old_length <= run.from; };
  const auto first = std::ranges::partition_point(splices, before);
  return {first, std::ranges::lower_bound(first, splices.end(), run.until, {}, &Splice::offset)};
}

/// What was written or is being written, mapped back for as long as it is looked at.
Result<void> verify_written(int fd, std::size_t size, const std::string &target, const Verify &verify,
                            const SettleUntil &settle) {
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

  Result<void> write(const Splices &splices, const Verify &verify, Look look, const MakeDeferred &make) {
    const bool meanwhile = look == Look::in_order && !ahead_ && input_->bytes().size() >= large_file;
    Result<void> good =
        meanwhile ? verify_while_writing(splices, verify, make) : write_then_verify(splices, verify, make);
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
  Result<void> write_then_verify(const Splices &splices, const Verify &verify, const MakeDeferred &make) {
    const InPlace in_place = what_is_ahead(splices);
    const Result<std::uint64_t> size = assemble(splices, in_place, make);
    if (!size)
      return std::unexpected(size.error());
    const SettleUntil settle = [&](std::uint64_t) { return complete(in_place); };
    Result<void> good = verify_written(file_.descriptor(), *size, output_, verify, settle);
    return good ? complete(in_place) : good;
  }

  /// A large file of which much is new takes as long to write as to verify.
  Result<void> verify_while_writing(const Splices &splices, const Verify &verify, const MakeDeferred &make) {
    const std::uint64_t size = new_size(input_->bytes().size(), splices);
    if (::ftruncate(file_.descriptor(), static_cast<off_t>(size)) != 0)
      return system_error(output_, "cannot write", errno);
    const BackgroundWrite writing(*input_, file_.descriptor(), splices, make);
    const SettleUntil settle = [&](std::uint64_t until) -> Result<void> {
      const int error = writing.wait_for(until);
      return error == 0 ? Result<void>() : cannot_write(error);
    };
    Result<void> good = verify_written(file_.descriptor(), size, output_, verify, settle);
    Result<void> written =
        settle(UINT64_MAX); // the system's failure counts, not what it looked like to the verification
    return written ? good : written;
  }

  /// Writes what is not there yet; gives the new file's size.
  Result<std::uint64_t> assemble(const Splices &splices, const InPlace &in_place, const MakeDeferred &make) {
    std::optional<CopyAhead::Pause> pause;
    if (ahead_)
      pause.emplace(*ahead_);
    FileAssembler assembler(*input_, file_.descriptor(), in_place, make);
    if (!assembler.run(splices) || ::ftruncate(file_.descriptor(), static_cast<off_t>(assembler.size())) != 0)
      return cannot_write(errno);
    return assembler.size();
  }

  /// `error` is that of a FileAssembler: what could be made once can be made twice, unless the input is another one.
  [[nodiscard]] std::unexpected<Error> cannot_write(int error) const {
    if (error == ESTALE)
      if (Result<void> same = look_again(); !same)
        return std::unexpected(std::move(same.error()));
    return system_error(output_, "cannot write", error);
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
      const auto resizes = [](const Splice &splice) { return splice.new_length() != splice.old_length; };
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

Result<void> FileReplacement::write(const Splices &splices, const Verify &verify, Look look, const MakeDeferred &make) {
  return impl_->write(splices, verify, look, make);
}

Result<void> FileReplacement::look_again() const { return impl_->look_again(); }
Result<void> FileReplacement::take_place() { return impl_->take_place(); }

Result<void> FileReplacement::finish(const Splices &splices, const Verify &verify, Look look,
                                     const MakeDeferred &make) {
  Result<void> done = write(splices, verify, look, make);
  if (done)
    done = look_again();
  return done ? take_place() : done;
}

} // namespace linkname
