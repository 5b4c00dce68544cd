// Holds the tables of a linked image against each other: Backend::lint.
#pragma once

#include "base/backend.h"

namespace linkname::macho::image {

Result<std::vector<Diagnostic>> lint(Bytes bytes);

} // namespace linkname::macho::image
