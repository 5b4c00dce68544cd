// Whether the tables of a linked image agree with each other, as far as its loader, its linker and its debugger go by
// them.
#pragma once

#include "base/backend.h"
#include "coff/image/tables.h"

namespace linkname::coff {

[[nodiscard]] std::vector<Diagnostic> findings_in(const Tables &tables);

Result<std::vector<Diagnostic>> lint_image(Bytes bytes);

} // namespace linkname::coff
