// The command with other files in the place of some of its inputs.
#pragma once

#include "link/linker_command.h"

#include <linkname/error.h>

#include <map>
#include <span>
#include <string>
#include <vector>

namespace linkname::link {

/// `files`: copies by the path that the command says. `libraries`: a folder of copies of libraries that the command
/// looks for, or empty: it is searched first. Words that were in response files are left expanded. Fails where a file
/// is not among the command's own words, as those are not that a driver adds.
Result<std::vector<std::string>> substitute(const std::vector<std::string> &command, const LinkerCommand &read,
                                            const std::map<std::string, std::string> &files,
                                            const std::string &libraries);

/// Words for the end of the command that keep `names` (C-level) out of a DLL: COFF has no hidden symbols, and GNU's
/// linkers export everything where nothing is marked. None where the command makes no DLL, or another linker does.
[[nodiscard]] std::vector<std::string> kept_inside(const LinkerCommand &read, std::span<const std::string> names);

} // namespace linkname::link
