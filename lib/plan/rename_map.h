// A file of `OLD NEW` lines, as objcopy's --redefine-syms reads them.
#pragma once

#include <linkname/error.h>
#include <linkname/set_renaming.h>

#include <string_view>
#include <vector>

namespace linkname::plan {

/// `file` is how messages name the text. Every faulty line is reported, with Status::usage.
Result<std::vector<MappedName>> parse_rename_map(std::string_view text, std::string_view file);

} // namespace linkname::plan
