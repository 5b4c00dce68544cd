// What a linked image exports, imports and keeps to itself, from `.dynsym` and, unless it is stripped, `.symtab`.
#pragma once

#include "base/backend.h"

namespace linkname::elf {

Result<Facts> inspect_image(Bytes bytes);

/// Where a symbol of the facts stands: those of `.dynsym` come first, and `.symtab` is counted on behind them.
template <class View> std::uint32_t first_in_symtab(const View &view) {
  return static_cast<std::uint32_t>(view.symbols().size());
}

} // namespace linkname::elf
