// From a plan to the bytes of a linked image. Nothing is decided here but where the tables find room.
#pragma once

#include "base/backend.h"

namespace linkname::elf {

Result<LaidOut> lay_out_image(Bytes bytes, const Plan &plan);

} // namespace linkname::elf
