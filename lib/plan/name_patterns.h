// Patterns over the names of a whole set, read in the order of selectors (docs/selectors.md): exact names, demangled
// C++ names, wildcards over these, wildcards over symbol names. They speak of names, not of symbols, so none has a
// qualifier, and overloads are all meant.
#pragma once

#include "plan/set_names.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace linkname::plan {

/// For each of `patterns`, the numbers of the names that it fits. Each name is demangled once, however many patterns
/// there are.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> names_that_fit(std::span<const std::string> patterns,
                                                                     const SetNames &names);

} // namespace linkname::plan
