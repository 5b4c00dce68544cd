// What a linked image says of its symbols, in the words that all formats share.
#pragma once

#include "base/backend.h"

namespace linkname::coff {

Result<Facts> inspect_image(Bytes bytes);

} // namespace linkname::coff
