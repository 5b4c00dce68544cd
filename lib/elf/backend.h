// ELF, 32 and 64 bit, both byte orders, any machine (gABI 4.1 and its GNU and LLVM extensions).
#pragma once

#include "base/backend.h"

namespace linkname::elf {

extern const Backend backend;

/// Linked images: shared libraries and programs (image/).
extern const Backend image_backend;

} // namespace linkname::elf
