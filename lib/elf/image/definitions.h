// Definitions by address (`--export NAME=ADDRESS`): whether anything is there, and what the address of a function means
// to 32-bit ARM, where bit 0 tells Thumb instructions from others and dumpers print it or leave it out.
#pragma once

#include "elf/image/view.h"

#include <linkname/plan.h>

#include <vector>

namespace linkname::elf {

/// Refuses an address outside of all sections, and that of a Thumb function without its bit; warns where nothing shows
/// which instructions there are.
template <class ELFT> Result<std::vector<Diagnostic>> check_definitions(const ImageView<ELFT> &view, const Plan &plan);

} // namespace linkname::elf
