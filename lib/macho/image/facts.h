// What a linked image says, as the rest of the library wants to know it: Backend::inspect and Backend::names.
#pragma once

#include "base/backend.h"

namespace linkname::macho::image {

Result<std::array<Bytes, 2>> names(Bytes bytes);
Result<Facts> inspect(Bytes bytes);

} // namespace linkname::macho::image
