// What a file's first bytes say it is. COFF objects have no magic number, only that of their processor, so a claim to
// be one is believed only where the header makes sense as a whole.
#pragma once

#include "base/bytes.h"

#include <cstdint>

namespace linkname::coff {

enum class Shape : std::uint8_t {
  none,
  object,     ///< coff_file_header first
  big_object, ///< coff_bigobj_file_header first
  import,     ///< a member of an import library: two names and no symbol table
  anonymous,  ///< any other ANON_OBJECT_HEADER: what cl.exe writes with /GL
  image,      ///< .exe or .dll
};

Shape shape_of(Bytes bytes);

} // namespace linkname::coff
