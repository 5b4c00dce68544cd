// Unsigned LEB128, as DWARF 5 section 7.6 defines it.
#pragma once

#include "base/bytes.h"

#include <string>

namespace linkname {

/// Takes one number from the front of `bytes`; nothing when it is cut off or does not fit 64 bits.
inline std::optional<std::uint64_t> take_unsigned_leb128(Bytes &bytes) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; !bytes.empty(); shift += 7) {
    const auto byte = static_cast<std::uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    const std::uint64_t bits = byte & 0x7fU;
    if (bits != 0 && (shift >= 64 || (bits << shift) >> shift != bits))
      return std::nullopt;
    if (shift < 64)
      value |= bits << shift;
    if ((byte & 0x80U) == 0)
      return value;
  }
  return std::nullopt;
}

inline void append_unsigned_leb128(std::string &bytes, std::uint64_t value) {
  do {
    const auto low = static_cast<std::uint8_t>(value & 0x7fU);
    value >>= 7U;
    bytes.push_back(static_cast<char>(value == 0 ? low : low | 0x80U));
  } while (value != 0);
}

} // namespace linkname
