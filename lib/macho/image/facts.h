// What a linked image says, as the rest of the library wants to know it: Backend::inspect.
#pragma once

#include "base/backend.h"

namespace linkname::macho::image {

Result<Facts> inspect(Bytes bytes);

} // namespace linkname::macho::image
