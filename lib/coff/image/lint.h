// Whether the tables of a linked image agree with each other, as far as its loader, its linker and its debugger go by
// them.
#pragma once

#include "base/backend.h"

namespace linkname::coff {

Result<std::vector<Diagnostic>> lint_image(Bytes bytes);

} // namespace linkname::coff
