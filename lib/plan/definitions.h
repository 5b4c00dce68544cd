// `--export NAME=ADDRESS[:SIZE]`: a name for something in a linked image that no symbol names, because it was stripped.
#pragma once

#include "plan/subject.h"

#include <linkname/error.h>
#include <linkname/plan.h>
#include <linkname/request.h>

#include <span>
#include <vector>

namespace linkname::plan {

/// Whether the request gives an address instead of a symbol.
[[nodiscard]] bool gives_address(const Request &request);

/// Adds an edit to the one image for each such request, and to `diagnostics` why it cannot be done. `plans` stand
/// beside the subjects and hold all other edits.
void add_definitions(std::span<const Subject> subjects, std::span<const Request> requests, std::span<Plan> plans,
                     std::vector<Diagnostic> &diagnostics);

} // namespace linkname::plan
