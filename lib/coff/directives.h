// `.drectve`: options for the linker, of which some repeat symbol names (Microsoft, "The .drectve Section"; the forms
// are those of cl.exe, Clang and GCC for mingw).
#pragma once

#include "base/bytes.h"

#include <linkname/error.h>

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace linkname::coff {

/// Old symbol name -> new symbol name.
using NewNames = std::unordered_map<std::string_view, std::string_view>;

/// `contents` with the new names; nothing where they speak of none of the old ones. `prefix` is what the platform puts
/// before a C-level name, or 0: some options leave it out. Fails where a new name cannot be written there.
Result<std::optional<std::string>> renamed_directives(Bytes contents, const NewNames &names, char prefix);

/// Whether an option in `contents` exports the symbol.
bool is_exported_by(Bytes contents, std::string_view symbol, char prefix);

} // namespace linkname::coff
