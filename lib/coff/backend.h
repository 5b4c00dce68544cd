// COFF objects as MSVC, Clang and mingw write them (Microsoft's PE format specification, "COFF File Header (Object and
// Image)"), in the ordinary form and in the one for very many sections (`/bigobj`); and what is linked of them.
#pragma once

#include "base/backend.h"

namespace linkname::coff {

extern const Backend backend;
extern const Backend image_backend; ///< .dll, .exe and their like

} // namespace linkname::coff
