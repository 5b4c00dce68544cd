// Chained fixups: the table of imports, which pointers refer to by number, and its names (Apple's
// <mach-o/fixup-chains.h>). The chains themselves stand in the data; no edit touches them.
#pragma once

#include "macho/image/binds.h"

namespace linkname::macho::image {

struct ChainedImport {
  std::string_view name;
  std::int64_t ordinal = 0;
  bool weak = false; ///< may be missing
};

/// Fails where the table is damaged or in a form that is not known.
Result<std::vector<ChainedImport>> chained_imports(Bytes fixups);

/// All of LC_DYLD_CHAINED_FIXUPS' data with other names, which come behind the old ones; nothing where none changes.
Result<std::optional<std::string>> renamed_chained_imports(Bytes fixups, const NewImport &new_name);

} // namespace linkname::macho::image
