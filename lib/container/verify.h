// What was written of archives and universal files, held against what was to be written: sizes, places, indices. The
// objects inside are their formats' to verify.
#pragma once

#include "base/settle.h"
#include "container/assemble.h"

#include <linkname/error.h>

#include <functional>
#include <span>

namespace linkname::container {

/// Is shown what was written of a leaf that changed.
using VerifyLeaf = std::function<Result<void>(std::uint32_t node, Bytes now)>;

/// `changes`, `indices` and `splices` are what assemble() took and gave. Of members that stay nothing is read: they
/// were copied in runs, and where a run begins, a header has to stand. Members are looked at in their order, and none
/// of `after` before `settle` was called for it: it may still be on its way to the file.
Result<void> verify(const Tree &before, std::span<const LeafChange> changes, Indices &indices, const Splices &splices,
                    Bytes after, const VerifyLeaf &leaf, const SettleUntil &settle);

} // namespace linkname::container
