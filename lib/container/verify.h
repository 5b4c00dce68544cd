// What was written of archives and universal files, held against what was to be written: sizes, places, indices. The
// objects inside are their formats' to verify.
#pragma once

#include "container/assemble.h"

#include <linkname/error.h>

#include <functional>
#include <span>

namespace linkname::container {

/// Is shown what was written of a leaf that changed.
using VerifyLeaf = std::function<Result<void>(std::uint32_t node, Bytes now)>;

/// `changes` and `splices` are what assemble() took and gave. Of members that stay nothing is read: they were copied in
/// runs, and where a run begins, a header has to stand.
Result<void> verify(const Tree &before, std::span<const LeafChange> changes, const Splices &splices, Bytes after,
                    const VerifyLeaf &leaf);

} // namespace linkname::container
