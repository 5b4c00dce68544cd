// Mach-O relocatable objects (MH_OBJECT), 32 and 64 bit, both byte orders (Apple's <mach-o/loader.h>, <mach-o/nlist.h>
// and <mach-o/reloc.h>).
#pragma once

#include "base/backend.h"

namespace linkname::macho {

extern const Backend backend;

} // namespace linkname::macho
