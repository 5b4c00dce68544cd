// How the eight bytes of a section's name refer to a longer one in the string table: `/123`, or `//AAmJaA` where seven
// decimal digits are not enough (PE format specification, "Section Table"; the second form is LLVM's and GNU's).
#pragma once

#include "base/bytes.h"
#include "base/text.h"

#include <cstdint>
#include <optional>
#include <string>

namespace linkname::coff {

inline constexpr Bytes base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
inline constexpr std::uint32_t largest_decimal_reference = 9999999;

/// The offset that `field`, up to its first NUL, refers to; nothing where it is the name itself.
inline std::optional<std::uint64_t> referred_string(Bytes field) {
  if (field.size() < 2 || field.front() != '/')
    return std::nullopt;
  // The field has eight bytes, so the number cannot overflow.
  const bool base64 = field[1] == '/';
  const Bytes digits = base64 ? base64_digits : Bytes("0123456789");
  std::uint64_t offset = 0;
  for (const char c : field.substr(base64 ? 2 : 1)) {
    const std::size_t digit = digits.find(c);
    if (digit == Bytes::npos)
      return std::nullopt;
    offset = offset * digits.size() + digit;
  }
  return offset;
}

/// What the field has to say so that it refers to `offset`.
inline std::string reference_to_string(std::uint32_t offset) {
  if (offset <= largest_decimal_reference)
    return join({"/", std::to_string(offset)});
  std::string reference = "//AAAAAA";
  for (std::size_t i = reference.size(); offset != 0; offset /= 64)
    reference[--i] = base64_digits[offset % 64];
  return reference;
}

} // namespace linkname::coff
