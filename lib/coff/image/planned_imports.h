// New names for what an image imports. The old strings stay: others may share them.
#pragma once

#include "coff/image/tables.h"

#include <linkname/plan.h>

#include <cstdint>
#include <string>
#include <vector>

namespace linkname::coff {

struct RenamedImport {
  std::uint32_t number = 0; ///< of Imports::all
  std::uint32_t at = 0;     ///< of its hint and name in PlannedImports::names
};

struct PlannedImports {
  std::vector<RenamedImport> renamed;
  std::string names; ///< entries of a hint and a name, each at an even place

  static Result<PlannedImports> of(const Tables &tables, const Plan &plan);
};

} // namespace linkname::coff
