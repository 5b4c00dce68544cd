// Archives and universal files put together in memory, for the tests of lib/container.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace linkname::test {

inline std::string padded(std::string_view text, std::size_t width) {
  std::string result(text);
  result.resize(width, ' ');
  return result;
}

/// A member with its header; `size` as text, so that it can be wrong.
inline std::string member(std::string_view name, std::string_view contents, std::string_view size = {}) {
  std::string result = padded(name, 16) + padded("12", 12) + padded("1", 6) + padded("2", 6) + padded("644", 8) +
                       padded(size.empty() ? std::to_string(contents.size()) : size, 10) + "`\n";
  result += contents;
  if (contents.size() % 2 != 0)
    result += '\n';
  return result;
}

inline std::string archive(const std::vector<std::string> &members, std::string_view magic = "!<arch>\n") {
  std::string result(magic);
  for (const std::string &one : members)
    result += one;
  return result;
}

inline std::string big(std::uint64_t value, unsigned bytes = 4) {
  std::string result;
  for (unsigned i = bytes; i-- > 0;)
    result += static_cast<char>(value >> 8U * i);
  return result;
}

struct SliceOf {
  std::uint32_t cpu, subtype;
  std::uint32_t offset, size, align;
};

/// The header of a universal file, and zeros up to `length`.
inline std::string universal(const std::vector<SliceOf> &slices, std::size_t length, bool wide = false) {
  std::string result = wide ? "\xCA\xFE\xBA\xBF" : "\xCA\xFE\xBA\xBE";
  result += big(slices.size());
  for (const SliceOf &slice : slices) {
    result += big(slice.cpu) + big(slice.subtype) + big(slice.offset, wide ? 8 : 4) + big(slice.size, wide ? 8 : 4);
    result += big(slice.align);
    if (wide)
      result += big(0);
  }
  if (result.size() < length)
    result.resize(length);
  return result;
}

} // namespace linkname::test
