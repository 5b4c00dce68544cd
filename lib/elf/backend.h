// ELF relocatable objects, 32 and 64 bit, both byte orders, any machine (gABI 4.1 and its GNU and LLVM extensions).
#pragma once

#include "base/backend.h"

namespace linkname::elf {

extern const Backend backend;

} // namespace linkname::elf
