// `.symtab` and `.strtab` of an image: no loader reads them, but whoever debugs or strips it does, so they keep in step
// with `.dynsym`. Nothing in them moves: new entries go behind the old ones.
#pragma once

#include "elf/image/view.h"

#include "base/splice.h"

#include <linkname/plan.h>

#include <cstdint>
#include <string>
#include <vector>

namespace linkname::elf {

struct DebugSymbols {
  Splices changed;      ///< entries that stay where they are
  std::string symbols;  ///< behind the table
  std::string strings;  ///< behind its strings
  std::string extended; ///< behind `.symtab_shndx`, where there is one
};

/// What the plan makes of them; nothing where the image is stripped.
template <class ELFT> Result<DebugSymbols> change_debug_symbols(const ImageView<ELFT> &view, const Plan &plan);

} // namespace linkname::elf
