// What debug information says about the ABI of a definition. LLVM's reader does the reading, for every format.
#pragma once

#include "base/backend.h"

#include <linkname/facts.h>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace linkname::check {

struct DebugEvidence {
  bool other_convention = false;          ///< DW_AT_calling_convention is DW_CC_nocall (DWARF 5, section 3.3.1.1)
  std::optional<std::uint64_t> type_size; ///< in bytes, of a variable's type
  bool unoptimized = false;               ///< the producer is a GCC that names no optimisation level
};

/// For each of `symbols` what its debugging entry says; nothing where there is none that is surely its own.
std::vector<std::optional<DebugEvidence>> debug_evidence(Bytes object, const Backend &backend, const Facts &facts,
                                                         std::span<const Symbol *const> symbols);

} // namespace linkname::check
