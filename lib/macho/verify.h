// Reads what was written as if it were somebody else's file, and holds it against the input and the plan.
#pragma once

#include "base/backend.h"

namespace linkname::macho {

Result<void> verify(Bytes before, const Plan &plan, Bytes after, const Settle &settle);

} // namespace linkname::macho
