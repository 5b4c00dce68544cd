// Holds an edited image against the old one and the plan: Backend::verify.
#pragma once

#include "base/backend.h"

namespace linkname::macho::image {

Result<void> verify(Bytes before, const Plan &plan, Bytes after, const Settle &settle);

} // namespace linkname::macho::image
