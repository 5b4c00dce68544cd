// The members of thin archives: files of their own, which become inputs of the run like those on the command line.
// Their names stand in an untrusted file, so whatever is wrong with one is an error, at its place.
#pragma once

#include "api/input.h"

#include <linkname/error.h>

#include <vector>

namespace linkname {

/// Opens all members of the thin archives among `inputs` and appends them, each file once, whoever names it; a file
/// that is an input already is not read again. Fails with every reason that was found: a file that is missing or no
/// regular one (Status::system, Status::malformed), one of another size than the archive says, a nested archive without
/// a member at the place that it gives (Status::malformed). What is a thin archive itself is told in Input::thin and
/// not opened.
Result<void> read_thin_members(std::vector<Input> &inputs, const Interest &interest);

/// Whether `input` is a thin archive whose members can be found: what is in memory alone is in no folder.
[[nodiscard]] bool names_files(const Input &input);

/// Where a path that stands in a thin archive leads: absolute, or from the folder in which `archive` is.
[[nodiscard]] std::string path_from(const std::string &archive, std::string_view member);

} // namespace linkname
