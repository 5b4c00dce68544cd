// Every input byte is untrusted. All reading of files goes through these few checked steps.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace linkname {

/// A file's contents, or a part of them. Never owns.
using Bytes = std::string_view;

/// `length` bytes from `offset` on, or nothing when they are not all there.
[[nodiscard]] inline std::optional<Bytes> slice(Bytes bytes, std::uint64_t offset, std::uint64_t length) {
  if (offset > bytes.size() || length > bytes.size() - offset)
    return std::nullopt;
  return bytes.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(length));
}

/// The NUL-terminated string at `offset`, without the NUL; nothing when it does not end inside `table`.
[[nodiscard]] inline std::optional<Bytes> c_string(Bytes table, std::uint64_t offset) {
  if (offset >= table.size())
    return std::nullopt;
  const Bytes rest = table.substr(static_cast<std::size_t>(offset));
  const std::size_t end = rest.find('\0');
  if (end == Bytes::npos)
    return std::nullopt;
  return rest.substr(0, end);
}

/// The next multiple of `alignment` (0 counts as 1; any number, not only powers of two); nothing on overflow.
[[nodiscard]] constexpr std::optional<std::uint64_t> align_up(std::uint64_t value, std::uint64_t alignment) {
  if (alignment <= 1 || value % alignment == 0)
    return value;
  const std::uint64_t padding = alignment - value % alignment;
  if (value > std::numeric_limits<std::uint64_t>::max() - padding)
    return std::nullopt;
  return value + padding;
}

} // namespace linkname
