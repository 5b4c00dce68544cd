#include "base/new_file.h"

#include "base/path.h"
#include "base/text.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

namespace linkname {
namespace {

/// Offers names beside `target` to `take` until it succeeds; gives up on any failure but "exists already".
template <class Take> std::string take_free_name(const std::string &target, Take take) {
  constexpr std::size_t longest_base = 200; // a file name has 255 bytes at most
  constexpr int most_attempts = 100;
  const std::string_view base = file_name_of(target);
  const std::string stem =
      join({folder_of(target), "/.", base.substr(0, longest_base), ".linkname-", std::to_string(::getpid()), "-"});
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    std::string name = stem + std::to_string(attempt);
    if (take(name))
      return name;
    if (errno != EEXIST)
      break;
  }
  return {};
}

} // namespace

Result<NewFile> NewFile::create(const std::string &target, mode_t mode) {
  const std::string folder = folder_of(target);
  NewFile file;
  // A nameless file gets its name through /proc, which a bare chroot does not have.
  const bool nameless = ::access("/proc/self/fd", X_OK) == 0;
  if (nameless)
    file.fd_ = Descriptor(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, mode));
  if (file.fd_.get() < 0 && (!nameless || errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL))
    file.name_ = take_free_name(target, [&](const std::string &name) {
      file.fd_ = Descriptor(::open(name.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, mode));
      return file.fd_.get() >= 0;
    });
  if (file.fd_.get() < 0)
    return system_error(target, join({"cannot write into the folder ", quoted(folder)}), errno);
  return file;
}

NewFile::NewFile(NewFile &&other) noexcept : fd_(std::move(other.fd_)), name_(std::exchange(other.name_, {})) {}

NewFile::~NewFile() {
  if (!name_.empty())
    ::unlink(name_.c_str());
}

Result<void> NewFile::move_to(const std::string &target) {
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

} // namespace linkname
