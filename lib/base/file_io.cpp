#include "base/file_io.h"

#include "base/text.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace linkname {

std::unexpected<Error> system_error(const std::string &place, std::string_view what, int error) {
  return fail(Status::system, place, join({what, ": ", std::strerror(error)}));
}

std::string follow_links(const std::string &path) {
  constexpr int most_links = 40; // in a row, as for the kernel
  std::string followed = path;
  for (int link = 0; link < most_links; ++link) {
    const std::unique_ptr<char, decltype(&std::free)> real(::realpath(followed.c_str(), nullptr), &std::free);
    if (real)
      return real.get();
    // A link to what does not exist yet still says where it is to be.
    std::array<char, PATH_MAX> pointed{};
    const ssize_t length = ::readlink(followed.c_str(), pointed.data(), pointed.size());
    if (length <= 0)
      break;
    const std::string_view to(pointed.data(), static_cast<std::size_t>(length));
    followed = to.starts_with('/') ? std::string(to) : join({followed.substr(0, followed.rfind('/') + 1), to});
  }
  return followed;
}

Descriptor &Descriptor::operator=(Descriptor &&other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

Descriptor::~Descriptor() {
  if (fd_ >= 0)
    ::close(fd_);
}

int Descriptor::release() { return std::exchange(fd_, -1); }

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const std::string &path, Keep keep) {
  // O_NONBLOCK: a pipe without a writer must not hold us up before we can see that it is one.
  Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (fd.get() < 0)
    return system_error(path, "cannot open", errno);
  struct stat status{};
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
  if (keep == Keep::mapping_alone)
    fd = Descriptor();
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
  struct stat now{};
  return ::stat(real_path_.c_str(), &now) == 0 && now.st_dev == status_.st_dev && now.st_ino == status_.st_ino &&
         now.st_size == status_.st_size && now.st_mtim.tv_sec == status_.st_mtim.tv_sec &&
         now.st_mtim.tv_nsec == status_.st_mtim.tv_nsec;
}

} // namespace linkname
