// What the fuzz targets share: taking an input apart, and saying what has to hold.
#pragma once

#include <linkname/error.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace linkname::fuzz {

/// A property that has to hold whatever the input is. libFuzzer keeps the input of a process that aborts.
inline void require(bool holds, const char *property) {
  if (holds)
    return;
  std::fprintf(stderr, "property violated: %s\n", property);
  std::abort();
}

/// The same of something that must have succeeded; says why it did not.
template <class T> void require_success(const Result<T> &result, const char *property) {
  if (result)
    return;
  for (const Diagnostic &diagnostic : result.error().diagnostics)
    std::fprintf(stderr, "%s: %s\n", diagnostic.place.c_str(), diagnostic.reason.c_str());
  require(false, property);
}

/// An object, followed by bytes that steer the target and the number of those bytes: a plain object is a valid input,
/// and the offsets inside it stay what they are.
struct Input {
  std::string_view object;
  std::string_view steering;

  static Input split(const std::uint8_t *data, std::size_t size) {
    const std::string_view all(reinterpret_cast<const char *>(data), size);
    if (all.empty())
      return {};
    const std::size_t length = std::min<std::size_t>(static_cast<unsigned char>(all.back()), all.size() - 1);
    return {.object = all.substr(0, all.size() - 1 - length), .steering = all.substr(all.size() - 1 - length, length)};
  }
};

/// Hands out bytes; zeros when there are none left.
class Cursor {
public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}

  [[nodiscard]] bool empty() const { return rest_.empty(); }

  std::uint8_t byte() {
    if (rest_.empty())
      return 0;
    const auto value = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }

  std::uint16_t half() {
    const unsigned high = byte();
    return static_cast<std::uint16_t>(high << 8U | byte());
  }

  std::uint64_t word() {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i)
      value = value << 8U | byte();
    return value;
  }

  std::string_view take(std::size_t length) {
    const std::string_view taken = rest_.substr(0, length);
    rest_.remove_prefix(taken.size());
    return taken;
  }

  std::string_view rest() { return take(rest_.size()); }

private:
  std::string_view rest_;
};

} // namespace linkname::fuzz
