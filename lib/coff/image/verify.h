// Whether a new image holds what was planned, read as if it were somebody else's.
#pragma once

#include "base/backend.h"

namespace linkname::coff {

Result<void> verify_image(Bytes before, const Plan &plan, Bytes after, const Settle &settle);

} // namespace linkname::coff
