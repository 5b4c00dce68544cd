#include "elf/relocations.h"

namespace linkname::elf {

// The header is ULEB128 `count * 8 + has_addends * 4 + shift`. Every entry opens with a byte whose low bits say which
// of symbol, type and addend have changed; the rest of that byte, and of the ULEB128 that it may open, is the distance
// to the offset before, in units of 1 << shift. All changes are relative (LLVM's llvm/Object/ELF.h describes the
// format).
CrelReader::CrelReader(Bytes contents, bool is_64_bit) : rest_(contents), mask_(is_64_bit ? UINT64_MAX : UINT32_MAX) {
  const std::uint64_t header = unsigned_leb();
  count_ = header / 8;
  has_addends_ = (header & 4) != 0;
  shift_ = header & 3;
  last_.explicit_addend = has_addends_;
}

std::optional<Relocation> CrelReader::next() {
  if (count_ == 0 || damaged_)
    return std::nullopt;
  --count_;
  const unsigned flag_bits = has_addends_ ? 3 : 2;
  const std::uint8_t first = byte();
  std::uint64_t distance = first >> flag_bits;
  if ((first & 0x80U) != 0)
    distance += (unsigned_leb() << (7 - flag_bits)) - (std::uint64_t{0x80} >> flag_bits);
  last_.offset = (last_.offset + (distance << shift_)) & mask_;
  if ((first & 1U) != 0)
    last_.symbol += static_cast<std::uint32_t>(signed_leb());
  if ((first & 2U) != 0)
    last_.type += static_cast<std::uint32_t>(signed_leb());
  if (has_addends_ && (first & 4U) != 0)
    last_.addend =
        static_cast<std::int64_t>(static_cast<std::uint64_t>(last_.addend) + static_cast<std::uint64_t>(signed_leb()));
  if (damaged_)
    return std::nullopt;
  return last_;
}

std::uint8_t CrelReader::byte() {
  if (rest_.empty()) {
    damaged_ = true;
    return 0;
  }
  const auto value = static_cast<std::uint8_t>(rest_.front());
  rest_.remove_prefix(1);
  return value;
}

std::uint64_t CrelReader::unsigned_leb() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; !damaged_; shift += 7) {
    const std::uint8_t next = byte();
    if (shift < 64)
      value |= std::uint64_t{next & 0x7fU} << shift;
    else if ((next & 0x7fU) != 0)
      damaged_ = true;
    if ((next & 0x80U) == 0)
      break;
  }
  return value;
}

std::int64_t CrelReader::signed_leb() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; !damaged_; shift += 7) {
    const std::uint8_t next = byte();
    if (shift < 64)
      value |= std::uint64_t{next & 0x7fU} << shift;
    if ((next & 0x80U) == 0) {
      if (shift + 7 < 64 && (next & 0x40U) != 0)
        value |= UINT64_MAX << (shift + 7);
      break;
    }
  }
  return static_cast<std::int64_t>(value);
}

} // namespace linkname::elf
