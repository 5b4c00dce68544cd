// A plan for a linked image as splices: Backend::lay_out.
#pragma once

#include "base/backend.h"

namespace linkname::macho::image {

Result<LaidOut> lay_out(Bytes bytes, const Plan &plan);

} // namespace linkname::macho::image
