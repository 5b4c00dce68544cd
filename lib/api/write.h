// The last step of a run: every file that changes is written, read back and put in its place. What belongs together, a
// thin archive and its members, is all written before the first of it can be seen.
#pragma once

#include "api/head_start.h"
#include "api/input.h"

#include <linkname/error.h>
#include <linkname/rewrite.h>

#include <vector>

namespace linkname {

/// Writes each input to its output unless nothing changes in place. Thin archives come behind all else.
Result<void> write_all(const std::vector<Input> &inputs, const RewriteJob &job, HeadStart &head_start);

/// The same for one thin archive among `inputs` and those of its members that change, to `job.output`.
Result<void> write_thin(const std::vector<Input> &inputs, const Input &archive, const RewriteJob &job);

} // namespace linkname
