// Sizes and places in a file, rounded up. A file ends long before 64 bits do, so nothing here overflows.
#pragma once

#include <cstdint>

namespace linkname::macho::image {

/// The next multiple of `alignment`.
constexpr std::uint64_t aligned(std::uint64_t place, std::uint64_t alignment) {
  return (place + alignment - 1) / alignment * alignment;
}

} // namespace linkname::macho::image
