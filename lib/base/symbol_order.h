// Which place each symbol takes in a table whose locals come first, as ELF and Mach-O have them (gABI, "Symbol Table":
// sh_info; <mach-o/loader.h>, dysymtab_command). Making a global local moves symbols; both who lays a plan out and who
// verifies the result need the same answer.
#pragma once

#include "base/index_map.h"

#include <linkname/plan.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace linkname {

/// The least permutation that puts the localized symbols right behind the locals: they trade places with whatever
/// globals stand there, and every other index stays what it was.
class SymbolOrder : public IndexMap {
public:
  SymbolOrder(const Plan &plan, std::uint32_t first_global) : first_global_(first_global) {
    std::vector<std::uint32_t> localized;
    for (const Edit &edit : plan.edits)
      if (edit.change == Change::localize)
        localized.push_back(edit.symbol);
    std::ranges::sort(localized);
    const auto end = static_cast<std::uint32_t>(first_global + localized.size());
    first_global_ = end;

    // Symbols that already stand in the zone stay; the others trade with the globals that have to leave it.
    std::vector<std::uint32_t> leaving;
    for (std::uint32_t i = first_global; i < end; ++i)
      if (!std::ranges::binary_search(localized, i))
        leaving.push_back(i);
    auto next = leaving.begin();
    for (const std::uint32_t symbol : localized) {
      if (symbol < end)
        continue;
      move(symbol, *next);
      move(*next, symbol);
      ++next;
    }
  }

  /// How many locals the new table opens with.
  [[nodiscard]] std::uint32_t first_global() const { return first_global_; }

private:
  std::uint32_t first_global_;
};

} // namespace linkname
