#include "base/file_io.h"

#include "base/text.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace linkname {
namespace {

/// Below this length a range is cheaper to copy through memory than by a system call of its own.
constexpr std::size_t kernel_copy_from = 256U << 10U;
constexpr std::size_t buffer_size = 1U << 20U;

std::unexpected<Error> system_error(const std::string &place, std::string_view what, int error) {
  return fail(Status::system, place, join({what, ": ", std::strerror(error)}));
}

/// `path` with every symbolic link followed, the last component's too; `path` itself when it does not exist yet.
std::string follow_links(const std::string &path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  return real ? std::string(real.get()) : path;
}

std::string folder_of(const std::string &path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos)
    return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

/// Offers names beside `target` to `take` until it succeeds; gives up on any failure but "exists already".
template <class Take> std::string take_free_name(const std::string &target, Take take) {
  const std::string base = target.substr(target.rfind('/') + 1);
  const std::string stem =
      join({folder_of(target), "/.", base.substr(0, 200), ".linkname-", std::to_string(::getpid()), "-"});
  for (int attempt = 0; attempt < 100; ++attempt) {
    std::string name = stem + std::to_string(attempt);
    if (take(name))
      return name;
    if (errno != EEXIST)
      break;
  }
  return {};
}

/// A file that is being written. It has no name until it is complete, so that nothing stays behind when the process is
/// killed; where the file system knows no nameless files, it has a temporary name.
class NewFile {
public:
  static Result<NewFile> create(const std::string &target, mode_t mode) {
    const std::string folder = folder_of(target);
    NewFile file;
    file.fd_ = Descriptor(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, mode));
    if (file.fd_.get() < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL))
      file.name_ = take_free_name(target, [&](const std::string &name) {
        file.fd_ = Descriptor(::open(name.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, mode));
        return file.fd_.get() >= 0;
      });
    if (file.fd_.get() < 0)
      return system_error(target, join({"cannot write into the folder ", quoted(folder)}), errno);
    return file;
  }

  NewFile(NewFile &&other) noexcept : fd_(std::move(other.fd_)), name_(std::exchange(other.name_, {})) {}
  NewFile &operator=(NewFile &&) = delete;
  ~NewFile() {
    if (!name_.empty())
      ::unlink(name_.c_str());
  }

  [[nodiscard]] int descriptor() const { return fd_.get(); }

  /// Gives the file its place, from one moment to the next.
  Result<void> move_to(const std::string &target) {
    // linkat() does not replace, rename() does: hence a name for the one moment between the two.
    const std::string self = join({"/proc/self/fd/", std::to_string(fd_.get())});
    if (name_.empty())
      name_ = take_free_name(target, [&](const std::string &name) {
        return ::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
      });
    if (name_.empty() || ::rename(name_.c_str(), target.c_str()) != 0)
      return system_error(target, "cannot put the new file in place", errno);
    name_.clear();
    return {};
  }

private:
  NewFile() = default;

  Descriptor fd_;
  std::string name_;
};

/// Writes ranges of the input and new bytes one after the other; small pieces are gathered.
class Writer {
public:
  Writer(const MappedFile &input, int output) : input_(input), output_(output) { buffer_.reserve(buffer_size); }

  bool copy(std::size_t offset, std::size_t length) {
    if (length < kernel_copy_from)
      return put(input_.bytes().substr(offset, length));
    if (!flush())
      return false;
    auto from = static_cast<off_t>(offset);
    while (length > 0 && kernel_copies_) {
      const ssize_t copied = ::copy_file_range(input_.descriptor(), &from, output_, nullptr, length, 0);
      if (copied > 0) {
        length -= static_cast<std::size_t>(copied);
        continue;
      }
      if (copied < 0 && errno == EINTR)
        continue;
      if (copied < 0 && (errno == ENOSPC || errno == EIO || errno == EFBIG || errno == EDQUOT))
        return false;
      kernel_copies_ = false; // another file system, or one that cannot: by hand from here on
    }
    return write_all(input_.bytes().substr(static_cast<std::size_t>(from), length));
  }

  bool put(Bytes bytes) {
    if (buffer_.size() + bytes.size() > buffer_size && !flush())
      return false;
    if (bytes.size() >= buffer_size)
      return write_all(bytes);
    buffer_ += bytes;
    return true;
  }

  bool flush() {
    const bool written = write_all(buffer_);
    buffer_.clear();
    return written;
  }

private:
  bool write_all(Bytes bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = ::write(output_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return false;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }

  const MappedFile &input_;
  int output_;
  bool kernel_copies_ = true;
  std::string buffer_;
};

bool write_pieces(const MappedFile &input, const Splices &splices, int output) {
  Writer writer(input, output);
  std::size_t position = 0;
  for (const Splice &splice : splices) {
    const auto offset = static_cast<std::size_t>(splice.offset);
    if (!writer.copy(position, offset - position) || !writer.put(splice.bytes))
      return false;
    position = offset + static_cast<std::size_t>(splice.old_length);
  }
  return writer.copy(position, input.bytes().size() - position) && writer.flush();
}

/// What was written, mapped back for as long as it is looked at.
Result<void> verify_written(int fd, std::size_t size, const std::string &target, const Verify &verify) {
  if (size == 0)
    return verify({});
  void *const data = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, 0);
  if (data == MAP_FAILED)
    return system_error(target, "cannot read back what was written", errno);
  Result<void> verified = verify(Bytes(static_cast<const char *>(data), size));
  ::munmap(data, size);
  return verified;
}

} // namespace

Descriptor &Descriptor::operator=(Descriptor &&other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

Descriptor::~Descriptor() {
  if (fd_ >= 0)
    ::close(fd_);
}

int Descriptor::release() { return std::exchange(fd_, -1); }

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const std::string &path) {
  // O_NONBLOCK: a pipe without a writer must not hold us up before we can see that it is one.
  Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (fd.get() < 0)
    return system_error(path, "cannot open", errno);
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0)
    return system_error(path, "cannot stat", errno);
  if (!S_ISREG(status.st_mode))
    return fail(Status::malformed, path, S_ISDIR(status.st_mode) ? "is a folder" : "is not a regular file");
  void *data = nullptr;
  if (status.st_size > 0) {
    data = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_PRIVATE, fd.get(), 0);
    if (data == MAP_FAILED)
      return system_error(path, "cannot map", errno);
  }
  return std::shared_ptr<const MappedFile>(new MappedFile(follow_links(path), std::move(fd), status, data));
}

MappedFile::~MappedFile() {
  if (data_ != nullptr)
    ::munmap(data_, static_cast<std::size_t>(status_.st_size));
}

Bytes MappedFile::bytes() const {
  return {static_cast<const char *>(data_), static_cast<std::size_t>(status_.st_size)};
}

bool MappedFile::same_file(const MappedFile &other) const {
  return status_.st_dev == other.status_.st_dev && status_.st_ino == other.status_.st_ino;
}

bool MappedFile::unchanged_on_disk() const {
  struct stat now {};
  return ::stat(real_path_.c_str(), &now) == 0 && now.st_dev == status_.st_dev && now.st_ino == status_.st_ino &&
         now.st_size == status_.st_size && now.st_mtim.tv_sec == status_.st_mtim.tv_sec &&
         now.st_mtim.tv_nsec == status_.st_mtim.tv_nsec;
}

Result<void> write_file(const MappedFile &input, const Splices &splices, const std::string &output,
                        const Verify &verify) {
  const std::string target = follow_links(output);
  struct stat old {};
  const bool replaces = ::stat(target.c_str(), &old) == 0;
  if (replaces && !S_ISREG(old.st_mode))
    return fail(Status::system, output, "is not a regular file and will not be replaced", "name a file with -o");

  Result<NewFile> created = NewFile::create(target, input.status().st_mode & 0777U);
  if (!created)
    return std::unexpected(created.error());
  NewFile &file = *created;
  if (!write_pieces(input, splices, file.descriptor()))
    return system_error(output, "cannot write", errno);

  std::size_t size = input.bytes().size();
  for (const Splice &splice : splices)
    size += splice.bytes.size() - static_cast<std::size_t>(splice.old_length);
  if (Result<void> verified = verify_written(file.descriptor(), size, output, verify); !verified)
    return verified;

  // An existing output keeps its mode and, where we may, its owner; a new one got the input's mode less the umask.
  if (replaces) {
    const bool foreign = old.st_uid != ::geteuid() || old.st_gid != ::getegid();
    if (foreign && ::fchown(file.descriptor(), old.st_uid, old.st_gid) != 0 && errno != EPERM)
      return system_error(output, "cannot keep the owner", errno);
    if (::fchmod(file.descriptor(), old.st_mode & 07777U) != 0)
      return system_error(output, "cannot keep the mode", errno);
  }
  if (!input.unchanged_on_disk())
    return fail(Status::system, input.real_path(), "was changed by another process in the meantime; nothing was written",
                "run it again");
  return file.move_to(target);
}

} // namespace linkname
