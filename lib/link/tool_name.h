// Whose command line it is, told by the program's name: each has its own way to name inputs.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace linkname::link {

enum class Dialect : std::uint8_t {
  driver,           ///< gcc, g++, clang, cc: a compiler that calls the linker
  microsoft_driver, ///< clang-cl, cl
  gnu,              ///< ld, ld.bfd, ld.gold, ld.lld, mold
  darwin,           ///< ld64.lld, and Apple's ld
  microsoft,        ///< lld-link, link
};

/// Position of the program behind launchers such as ccache and distcc; the number of words where there is none.
[[nodiscard]] std::size_t program_of(std::span<const std::string> command);

/// Apple's linker is called `ld` too: its command tells (is_for_darwin).
[[nodiscard]] Dialect dialect_of(std::string_view program);

/// Whether the words of an `ld` are Apple's.
[[nodiscard]] bool is_for_darwin(std::span<const std::string> words);

} // namespace linkname::link
