// What several unit tests need: byte strings that may hold NULs, random numbers that are the same in every run,
// a folder of their own.
#pragma once

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>

namespace linkname::test {

/// A string literal with all of its bytes, the embedded NULs too, without the one that the language adds.
template <std::size_t N> constexpr std::string_view raw(const char (&literal)[N]) { return {literal, N - 1}; }

/// Seeded by the test, so that a failure can be run again.
class Random {
public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}

  /// A number from 0 to `most`, both included.
  std::uint64_t up_to(std::uint64_t most) { return std::uniform_int_distribution<std::uint64_t>(0, most)(engine_); }
  bool coin() { return up_to(1) == 1; }

  /// Up to `longest` characters out of `alphabet`.
  std::string word(std::string_view alphabet, std::size_t longest) {
    std::string result;
    for (std::uint64_t left = up_to(longest); left > 0; --left)
      result += alphabet[static_cast<std::size_t>(up_to(alphabet.size() - 1))];
    return result;
  }

private:
  std::mt19937 engine_;
};

/// A folder that is gone when the test is.
struct Folder {
  std::filesystem::path path;

  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "linkname-unit-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  Folder(const Folder &) = delete;
  Folder &operator=(const Folder &) = delete;
  ~Folder() { std::filesystem::remove_all(path); }
};

} // namespace linkname::test
