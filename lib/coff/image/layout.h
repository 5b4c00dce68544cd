// A plan for a linked image as splices: new tables where there is room for them, and all that leads to them.
#pragma once

#include "base/backend.h"

namespace linkname::coff {

Result<LaidOut> lay_out_image(Bytes bytes, const Plan &plan);

} // namespace linkname::coff
