// Relocation sections of all three kinds: SHT_REL, SHT_RELA (gABI, "Relocation") and the compressed SHT_CREL that
// LLVM 19 and later write. Only those that speak of the object's symbol table count.
#pragma once

#include "elf/view.h"

#include <cstdint>

namespace linkname::elf {

/// The value of SHT_CREL while it is experimental (LLVM 19); LLVM 14's headers do not know it.
inline constexpr std::uint32_t sht_crel = 0x40000014;

struct Relocation {
  std::uint64_t offset = 0; ///< into the section that is relocated
  std::uint32_t symbol = 0; ///< in range
  std::uint32_t type = 0;
  std::int64_t addend = 0; ///< 0 where it stands in the relocated bytes
  bool explicit_addend = false;
};

/// Hands out the relocations of one section, checked, one at a time.
class CrelReader {
public:
  /// `contents` of an SHT_CREL section; the address width decides how offsets wrap.
  CrelReader(Bytes contents, bool is_64_bit);

  /// The next relocation, or nothing at the end. After damage `damaged()` is true.
  std::optional<Relocation> next();
  [[nodiscard]] bool damaged() const { return damaged_; }

private:
  std::uint64_t unsigned_leb();
  std::int64_t signed_leb();
  std::uint8_t byte();

  Bytes rest_;
  std::uint64_t count_ = 0;
  std::uint64_t mask_;
  unsigned shift_ = 0;
  bool has_addends_ = false;
  bool damaged_ = false;
  Relocation last_;
};

inline bool is_relocation_section(std::uint32_t type) {
  return type == llvm::ELF::SHT_REL || type == llvm::ELF::SHT_RELA || type == sht_crel;
}

/// Little-endian 64-bit MIPS packs r_info in an order of its own (MIPS 64-bit ELF supplement, "Relocation").
template <class ELFT> bool is_mips64el(const View<ELFT> &view) {
  return view.header().e_machine == llvm::ELF::EM_MIPS && std::is_same_v<ELFT, llvm::object::ELF64LE>;
}

/// Calls `take(const Relocation &)` for every relocation of `section`; fails where one is damaged.
template <class ELFT, class Take>
Result<void> for_each_relocation(const View<ELFT> &view, std::uint32_t section, Take take) {
  const Result<Bytes> contents = view.contents(section);
  if (!contents)
    return std::unexpected(contents.error());
  const auto check = [&](std::uint32_t symbol) { return symbol < view.symbols().size() || symbol == 0; };
  const auto damaged = [&] { return malformed(view.section_place(section), "a relocation is damaged"); };
  const bool mips64el = is_mips64el(view);

  const auto walk = [&]<class Entry>(std::type_identity<Entry>, auto addend) -> Result<void> {
    for (const Entry &entry : entries_of<Entry>(*contents)) {
      const Relocation relocation{.offset = entry.r_offset,
                                  .symbol = entry.getSymbol(mips64el),
                                  .type = entry.getType(mips64el),
                                  .addend = addend(entry),
                                  .explicit_addend = std::is_same_v<Entry, typename ELFT::Rela>};
      if (!check(relocation.symbol))
        return damaged();
      take(relocation);
    }
    return {};
  };

  switch (view.sections()[section].sh_type) {
  case llvm::ELF::SHT_REL:
    return walk(std::type_identity<typename ELFT::Rel>{}, [](const auto &) { return std::int64_t{0}; });
  case llvm::ELF::SHT_RELA:
    return walk(std::type_identity<typename ELFT::Rela>{},
                [](const auto &entry) { return static_cast<std::int64_t>(entry.r_addend); });
  default:
    break;
  }
  CrelReader reader(*contents, ELFT::Is64Bits);
  while (const std::optional<Relocation> relocation = reader.next()) {
    if (!check(relocation->symbol))
      return damaged();
    take(*relocation);
  }
  if (reader.damaged())
    return damaged();
  return {};
}

/// The value that the relocated bytes hold: the addend of REL relocations. `width` is 4 or 8.
template <class ELFT> std::int64_t value_at(Bytes contents, std::uint64_t offset, unsigned width) {
  if (width == 8) {
    const auto word = array_at<typename ELFT::Sxword>(contents, offset, 1);
    return word ? static_cast<std::int64_t>(word->front()) : 0;
  }
  const auto word = array_at<typename ELFT::Sword>(contents, offset, 1);
  return word ? static_cast<std::int32_t>(word->front()) : 0;
}

} // namespace linkname::elf
