// Whether a definition that only its own file was meant to use can be used from outside (docs/hazards.md). The link
// succeeds either way; what the optimiser has done to the definition decides whether the program is right.
#pragma once

#include "base/backend.h"

#include <linkname/facts.h>
#include <linkname/plan.h>

#include <span>
#include <string>
#include <vector>

namespace linkname::check {

/// A verdict for each of `symbols`, which point into `facts`.
Result<std::vector<Hazard>> judge(Bytes bytes, const Backend &backend, const Facts &facts,
                                  std::span<const Symbol *const> symbols);

/// Adds to the plan what its edits that let others use a static definition are worth: an error for one that is broken,
/// unless it was asked for as unsafe, and a warning, an error when `strict`, for one that cannot be verified.
Result<void> add_hazards(Bytes bytes, const Backend &backend, const Facts &facts, std::string_view file, bool strict,
                         Plan &plan);

} // namespace linkname::check
