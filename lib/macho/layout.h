// From a plan to splices. Nothing is decided here: what cannot be laid out is an error.
#pragma once

#include "base/backend.h"

namespace linkname::macho {

Result<Splices> lay_out(Bytes bytes, const Plan &plan);

} // namespace linkname::macho
