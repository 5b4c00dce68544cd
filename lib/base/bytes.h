// Every input byte is untrusted. All reading of files goes through these few checked steps.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
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

/// `count` objects of T at `offset`. T must be one of LLVM's packed types, which have no alignment.
template <class T> std::optional<std::span<const T>> array_at(Bytes bytes, std::uint64_t offset, std::uint64_t count) {
  static_assert(alignof(T) == 1);
  if (count > bytes.size() / sizeof(T))
    return std::nullopt;
  const std::optional<Bytes> range = slice(bytes, offset, count * sizeof(T));
  if (!range)
    return std::nullopt;
  return std::span(reinterpret_cast<const T *>(range->data()), static_cast<std::size_t>(count));
}

/// As many whole objects of T as `bytes` hold.
template <class T> std::span<const T> entries_of(Bytes bytes) {
  static_assert(alignof(T) == 1);
  return {reinterpret_cast<const T *>(bytes.data()), bytes.size() / sizeof(T)};
}

/// A value as it lies in memory, and thus in the file where T is a packed type.
template <class T> Bytes bytes_of(const T &value) { return {reinterpret_cast<const char *>(&value), sizeof value}; }

} // namespace linkname
