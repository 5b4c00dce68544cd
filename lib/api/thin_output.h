// Where the results of a run with thin archives go. A member is a file of its own: it is written beside the output, or
// with leave, in place; and the archive has to name it, and all others, from where the archive is going to be.
#pragma once

#include "api/input.h"

#include <linkname/error.h>
#include <linkname/rewrite.h>

#include <cstdint>
#include <string>
#include <vector>

namespace linkname {

/// Decides on every Input::output, and lays the thin archives out after their members: their Input::said and
/// Input::splices. Fails with Status::refused where members would change in place and `job.thin_members` does not say
/// so, and where an archive cannot say what it would have to.
Result<void> decide_outputs(std::vector<Input> &inputs, const RewriteJob &job, std::uint64_t now);

/// The same for one thin archive among `inputs` and its members alone; `job.output` is where it goes.
Result<void> decide_outputs_of(std::vector<Input> &inputs, Input &archive, const RewriteJob &job, std::uint64_t now);

/// The folder beside `output` into which members go.
[[nodiscard]] std::string members_folder(const std::string &output);

} // namespace linkname
