// What a plan means beyond the symbols that it names: other places of an object repeat a symbol's name or index. Both
// who lays a plan out and who verifies the result need the same answer.
#pragma once

#include "base/index_map.h"
#include "coff/view.h"

#include <linkname/plan.h>

#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace linkname::coff {

struct Consequences {
  /// From a weakened symbol to its new, weak name. The other symbols keep their places.
  IndexMap weak_names;
  /// What the definition behind a weak name is called from now on, by the definition's index.
  std::map<std::uint32_t, std::string> defaults;
  /// New contents, by section number: `.drectve` repeats names, other sections are lists of indices.
  std::map<std::uint32_t, std::string> contents;
  /// New names by section number. GCC calls the section of an inline function after it, `.text$f`, and GNU ld finds
  /// the copies of a COMDAT section by that name.
  std::map<std::uint32_t, std::string> section_names;
  /// Sections of records that a linker would keep, since cl.exe and `ld -r` do not say that it should drop them
  /// (docs/record.md); by number.
  std::set<std::uint32_t> kept_records;

  /// The section's flags from now on.
  [[nodiscard]] std::uint32_t characteristics(std::uint32_t section, std::uint32_t before) const {
    return kept_records.contains(section) ? before | llvm::COFF::IMAGE_SCN_LNK_REMOVE : before;
  }
};

/// Fails with Status::refused where something that repeats a name cannot be kept in step.
template <class SymbolType> Result<Consequences> consequences_of(const View<SymbolType> &view, const Plan &plan);

/// How many entries the plan appends to the symbol table.
std::uint64_t entries_added(const Plan &plan);

} // namespace linkname::coff
