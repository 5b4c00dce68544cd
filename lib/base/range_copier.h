// Bytes that do not change go from file to file without passing through this process, where the kernel can do that.
#pragma once

#include "base/file_io.h"

#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <span>

namespace linkname {

/// Below this length a range is cheaper to copy through memory than by a system call of its own.
inline constexpr std::size_t kernel_copy_from = 128U << 10U;

/// What begins on such a boundary of the output, the kernel copies in larger pieces.
inline constexpr std::uint64_t kernel_boundary = 64U << 10U;

/// Copies ranges of one file to another, by the kernel where it can.
class RangeCopier {
public:
  RangeCopier(const MappedFile &input, int output)
      : input_(input), output_(output), kernel_copies_(input.descriptor() >= 0) {}

  /// False with errno where the system fails.
  bool copy(std::uint64_t from, std::uint64_t to, std::uint64_t length) {
    while (length > 0 && kernel_copies_ && length >= kernel_copy_from) {
      auto in = static_cast<off_t>(from);
      auto out = static_cast<off_t>(to);
      const std::uint64_t to_boundary = kernel_boundary - to % kernel_boundary;
      const std::uint64_t now = to_boundary == kernel_boundary ? length : std::min(length, to_boundary);
      const ssize_t copied = ::copy_file_range(input_.descriptor(), &in, output_, &out, now, 0);
      if (copied > 0) {
        from += static_cast<std::uint64_t>(copied);
        to += static_cast<std::uint64_t>(copied);
        length -= static_cast<std::uint64_t>(copied);
        continue;
      }
      if (copied < 0 && errno == EINTR)
        continue;
      if (copied < 0 && (errno == ENOSPC || errno == EIO || errno == EFBIG || errno == EDQUOT))
        return false;
      kernel_copies_ = false; // another file system, or one that cannot: by hand from here on
    }
    return write(to, input_.bytes().substr(static_cast<std::size_t>(from), static_cast<std::size_t>(length)));
  }

  bool write(std::uint64_t to, Bytes bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = ::pwrite(output_, bytes.data(), bytes.size(), static_cast<off_t>(to));
      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return false;
      to += static_cast<std::uint64_t>(written);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }

  /// The pieces one behind the other, IOV_MAX of them at most.
  bool write(std::uint64_t to, std::span<iovec> pieces) const {
    while (!pieces.empty()) {
      const ssize_t written =
          ::pwritev(output_, pieces.data(), static_cast<int>(pieces.size()), static_cast<off_t>(to));
      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return false;
      to += static_cast<std::uint64_t>(written);
      auto left = static_cast<std::size_t>(written);
      for (; !pieces.empty() && left >= pieces.front().iov_len; pieces = pieces.subspan(1))
        left -= pieces.front().iov_len;
      if (left != 0) {
        pieces.front().iov_base = static_cast<char *>(pieces.front().iov_base) + left;
        pieces.front().iov_len -= left;
      }
    }
    return true;
  }

private:
  const MappedFile &input_;
  int output_;
  bool kernel_copies_;
};

} // namespace linkname
