// Everything in an object that holds symbol indices beside the symbol table itself: relocations, and sections that are
// lists of indices. An edit moves no symbol, but a weak name is a new one, and what speaks of the old one has to
// follow.
#pragma once

#include "base/index_map.h"
#include "base/splice.h"
#include "coff/view.h"

#include <optional>
#include <string>

namespace linkname::coff {

/// Whether relocations in a section of that name describe a definition, rather than use whatever bears its name: unwind
/// and debug information. Where a weak definition gives way to another one, these still belong to it.
bool describes_definitions(Bytes section_name);

/// The new contents of a section that is a list of symbol indices; nothing where it is none, or none of its indices
/// moves. Fails where the list is damaged.
Result<std::optional<std::string>> moved_indices(Bytes section_name, Bytes contents, const IndexMap &moved);

/// Calls `take(relocation, new index)` for every relocation of a symbol that has moved.
template <class SymbolType, class Take>
Result<void> for_each_moved_relocation(const View<SymbolType> &view, const IndexMap &moved, Take take) {
  // Each relocation belongs to one section: without this, sections that share a table would multiply the work.
  std::uint64_t left = view.bytes().size() / sizeof(Relocation);
  for (std::uint32_t number = 1; number <= view.sections().size(); ++number) {
    const Result<std::span<const Relocation>> relocations = view.relocations(number);
    if (!relocations)
      return std::unexpected(relocations.error());
    if (relocations->size() > left)
      return malformed(view.section_place(number), "shares its relocations with another section");
    left -= relocations->size();
    const Result<Bytes> name = view.section_name(number);
    if (!name)
      return std::unexpected(name.error());
    if (describes_definitions(*name))
      continue;
    for (const Relocation &relocation : *relocations) {
      const std::uint32_t symbol = relocation.SymbolTableIndex;
      if (const std::uint32_t now = moved(symbol); now != symbol)
        take(relocation, now);
    }
  }
  return {};
}

} // namespace linkname::coff
