// From a View to the facts that every format shares.
#pragma once

#include "base/bytes.h"

#include <linkname/error.h>
#include <linkname/facts.h>

#include <array>

namespace linkname::elf {

Result<std::array<Bytes, 2>> names(Bytes bytes);

Result<Facts> inspect(Bytes bytes);

} // namespace linkname::elf
