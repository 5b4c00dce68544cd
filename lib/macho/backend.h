// Mach-O: relocatable objects (MH_OBJECT) of 32 and 64 bit and both byte orders, and little-endian linked images
// (Apple's <mach-o/loader.h>, <mach-o/nlist.h>, <mach-o/reloc.h> and <mach-o/fixup-chains.h>).
#pragma once

#include "base/backend.h"

namespace linkname::macho {

extern const Backend backend;
extern const Backend image_backend; ///< dynamic libraries, bundles and programs

} // namespace linkname::macho
