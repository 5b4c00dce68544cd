// From a View to the facts that every format shares.
#pragma once

#include "base/bytes.h"

#include <linkname/error.h>
#include <linkname/facts.h>

namespace linkname::coff {

Result<Facts> inspect(Bytes bytes);

} // namespace linkname::coff
