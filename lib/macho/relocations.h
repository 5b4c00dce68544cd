// The relocations of all sections. Each has a few bits to say whether its number is a symbol's index.
#pragma once

#include "macho/processor.h"
#include "macho/view.h"

namespace linkname::macho {

template <class Relocation> bool is_scattered(const Processor &processor, const Relocation &relocation) {
  return processor.scatters && (relocation.r_address & llvm::MachO::R_SCATTERED) != 0;
}

template <class Relocation> bool names_symbol(const Processor &processor, const Relocation &relocation) {
  if (is_scattered(processor, relocation))
    return false;
  const RelocationTarget target = relocation.target();
  return target.external && target.type != processor.pair && target.type != processor.addend;
}

/// Calls `take(number, relocations)` for every section that has some. Each relocation belongs to one section: sections
/// that share a table would multiply it, and are damage.
template <class T, class Take> Result<void> for_each_relocated_section(const View<T> &view, Take take) {
  std::uint64_t left = view.bytes().size() / sizeof(typename T::Relocation);
  for (std::uint32_t number = 1; number <= view.sections().size(); ++number) {
    const auto relocations = view.relocations(number);
    if (!relocations)
      return std::unexpected(relocations.error());
    if (relocations->size() > left)
      return malformed(view.section_place(number), "shares its relocations with another section");
    left -= relocations->size();
    if (relocations->empty())
      continue;
    if (Result<void> taken = take(number, *relocations); !taken)
      return taken;
  }
  return {};
}

} // namespace linkname::macho
