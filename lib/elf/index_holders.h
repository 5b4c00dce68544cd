// Everything in an object that holds symbol indices beside the symbol table itself: relocations, group signatures and
// the tables that LLVM adds. When symbols trade places, one remap is applied to every such place, and an object with a
// holder that nobody knows is refused.
#pragma once

#include "base/leb128.h"
#include "base/splice.h"
#include "base/symbol_order.h"
#include "elf/relocations.h"

#include <string>
#include <utility>
#include <vector>

namespace linkname::elf {

inline constexpr std::uint32_t sht_llvm_addrsig = llvm::ELF::SHT_LLVM_ADDRSIG;

struct IndexMoves {
  Splices in_place;
  std::vector<std::pair<std::uint64_t, std::string>> header_fields; ///< file offset, new bytes
  std::vector<std::pair<std::uint32_t, std::string>> replaced;      ///< section index, new contents
};

/// The new `.llvm_addrsig`: a list of ULEB128 symbol indices (LLVM, "Extensions": SHT_LLVM_ADDRSIG).
inline std::optional<std::string> moved_address_table(Bytes contents, const SymbolOrder &order) {
  std::string result;
  while (!contents.empty()) {
    const std::optional<std::uint64_t> symbol = take_unsigned_leb128(contents);
    if (!symbol || *symbol > UINT32_MAX)
      return std::nullopt;
    append_unsigned_leb128(result, order(static_cast<std::uint32_t>(*symbol)));
  }
  return result;
}

template <class ELFT, class Entry>
void move_relocations(const View<ELFT> &view, std::uint32_t section, Bytes contents, const SymbolOrder &order,
                      Splices &splices) {
  const bool mips64el = is_mips64el(view);
  const auto entries = entries_of<Entry>(contents);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    Entry entry = entries[i];
    const std::uint32_t symbol = entry.getSymbol(mips64el);
    if (order(symbol) == symbol)
      continue;
    entry.setSymbol(order(symbol), mips64el);
    splices.push_back({.offset = view.sections()[section].sh_offset + i * sizeof(Entry),
                       .old_length = sizeof(Entry),
                       .bytes = std::string(reinterpret_cast<const char *>(&entry), sizeof(Entry))});
  }
}

template <class ELFT> Result<IndexMoves> move_symbol_indices(const View<ELFT> &view, const SymbolOrder &order) {
  IndexMoves moves;
  for (std::uint32_t i = 1; i < view.sections().size(); ++i) {
    const auto &section = view.sections()[i];
    if (section.sh_link != view.symbol_table() || section.sh_type == llvm::ELF::SHT_NULL)
      continue;
    const Result<Bytes> contents = view.contents(i);
    if (!contents)
      return std::unexpected(contents.error());
    switch (section.sh_type) {
    case llvm::ELF::SHT_REL:
      move_relocations<ELFT, typename ELFT::Rel>(view, i, *contents, order, moves.in_place);
      break;
    case llvm::ELF::SHT_RELA:
      move_relocations<ELFT, typename ELFT::Rela>(view, i, *contents, order, moves.in_place);
      break;
    case llvm::ELF::SHT_SYMTAB_SHNDX:
      break; // moves with the symbols
    case llvm::ELF::SHT_GROUP:
      if (order(section.sh_info) != section.sh_info) {
        typename ELFT::Word signature;
        signature = order(section.sh_info);
        moves.header_fields.emplace_back(
            static_cast<std::uint64_t>(reinterpret_cast<const char *>(&section.sh_info) - view.bytes().data()),
            std::string(reinterpret_cast<const char *>(&signature), sizeof signature));
      }
      break;
    case sht_llvm_addrsig: {
      std::optional<std::string> moved = moved_address_table(*contents, order);
      if (!moved)
        return malformed(view.section_place(i), "an entry is damaged");
      if (*moved != *contents)
        moves.replaced.emplace_back(i, std::move(*moved));
      break;
    }
    default:
      return fail(Status::refused, view.section_place(i),
                  "holds symbol indices in a form that linkname cannot rewrite, so no symbol can be made local here",
                  "use --hide, which moves nothing");
    }
  }
  return moves;
}

} // namespace linkname::elf
