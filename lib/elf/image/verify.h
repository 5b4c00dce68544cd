// Reads a new image and holds it against the old one and the plan.
#pragma once

#include "base/backend.h"

namespace linkname::elf {

Result<void> verify_image(Bytes before, const Plan &plan, Bytes after, const Settle &settle);

} // namespace linkname::elf
