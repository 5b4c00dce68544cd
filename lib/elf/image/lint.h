// Whether the tables of an image agree: what the loader finds by hash, by index and by address, what the section
// headers say of it, and what the table for debuggers repeats.
#pragma once

#include "base/backend.h"

namespace linkname::elf {

/// Errors are what a loader, a linker or `strip` can stumble over; warnings are what is merely odd.
Result<std::vector<Diagnostic>> lint_image(Bytes bytes);

} // namespace linkname::elf
