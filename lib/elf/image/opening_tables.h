// The loader's tables mostly open an image, and an edit of one means that all of them are written anew.
#pragma once

#include "base/bytes.h"

#include <cstdint>

namespace linkname::elf {

/// Where in the file such tables end; 0 where others than they open it, or nothing can be read. A guess for who copies
/// what will stay.
std::uint64_t end_of_opening_tables(Bytes bytes);

} // namespace linkname::elf
