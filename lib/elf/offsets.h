// The one list of file offsets that an ELF object holds. Layout moves them, verification holds them against each other.
#pragma once

#include "elf/view.h"

namespace linkname::elf {

/// Calls `take(at, value)` for every field that holds a file offset: where the field stands, and what it holds.
template <class ELFT, class Take> void for_each_offset(const View<ELFT> &view, Take take) {
  const auto position = [&](const void *field) {
    return static_cast<std::uint64_t>(reinterpret_cast<const char *>(field) - view.bytes().data());
  };
  take(position(&view.header().e_shoff), std::uint64_t{view.header().e_shoff});
  for (const auto &section : view.sections())
    take(position(&section.sh_offset), std::uint64_t{section.sh_offset});
}

} // namespace linkname::elf
