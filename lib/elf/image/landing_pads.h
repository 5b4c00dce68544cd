// Where a processor lets indirect calls land: `endbr64` with Intel's CET, `bti` on AArch64. A function that only its
// own file called may have none, and whoever gets its address from the loader would be stopped there. Linkers mark
// images in which every function has one (Linux extensions to gABI, "Program Property").
#pragma once

#include "elf/image/view.h"

#include <linkname/plan.h>

#include <vector>

namespace linkname::elf {

/// A warning for each function that the plan makes known and that lacks the landing pad which the image promises.
template <class ELFT> std::vector<Diagnostic> missing_landing_pads(const ImageView<ELFT> &view, const Plan &plan);

} // namespace linkname::elf
