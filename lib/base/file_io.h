// The reading half of the one door to the file system: a file is mapped. base/replace_file.h is the writing half.
#pragma once

#include "base/bytes.h"

#include <linkname/error.h>

#include <sys/stat.h>
#include <sys/types.h>

#include <memory>
#include <string>

namespace linkname {

/// An open file descriptor, closed at the end.
class Descriptor {
public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor &&other) noexcept : fd_(other.release()) {}
  Descriptor &operator=(Descriptor &&other) noexcept;
  ~Descriptor();

  [[nodiscard]] int get() const { return fd_; }
  int release();

private:
  int fd_;
};

/// Whether a mapped file stays open. A thin archive may have more members than a process may have files open.
enum class Keep : unsigned char { descriptor, mapping_alone };

/// A regular file, mapped read-only. Its path has been followed through symbolic links.
class MappedFile {
public:
  /// Fails with Status::system where the system does, and with Status::malformed where `path` is no regular file.
  static Result<std::shared_ptr<const MappedFile>> open(const std::string &path, Keep keep = Keep::descriptor);

  MappedFile(const MappedFile &) = delete;
  MappedFile &operator=(const MappedFile &) = delete;
  ~MappedFile();

  [[nodiscard]] Bytes bytes() const;
  [[nodiscard]] const std::string &real_path() const { return real_path_; }
  [[nodiscard]] int descriptor() const { return fd_.get(); } ///< -1 where it was not kept
  [[nodiscard]] const struct stat &status() const { return status_; }

  /// Whether both are the same file on disk, whatever their names.
  [[nodiscard]] bool same_file(const MappedFile &other) const;

  /// Whether the file under this path is still the one that was mapped, unchanged.
  [[nodiscard]] bool unchanged_on_disk() const;

private:
  MappedFile(std::string real_path, Descriptor fd, const struct stat &status, void *data)
      : real_path_(std::move(real_path)), fd_(std::move(fd)), status_(status), data_(data) {}

  std::string real_path_;
  Descriptor fd_;
  struct stat status_;
  void *data_;
};

/// `path` with every symbolic link followed, the last component's too; `path` itself when it does not exist yet.
[[nodiscard]] std::string follow_links(const std::string &path);

/// Status::system with the system's own words for `error`, an errno.
[[nodiscard]] std::unexpected<Error> system_error(const std::string &place, std::string_view what, int error);

} // namespace linkname
