// One renaming of all that a set of objects defines becomes one plan an object. Names are decided once for the whole
// set, so that nothing is left for the single objects to contradict.
#pragma once

#include "plan/subject.h"

#include <linkname/error.h>
#include <linkname/plan.h>
#include <linkname/set_renaming.h>

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace linkname::plan {

/// Goes through all subjects in their order, piece by piece: calls `work` for each subject of a piece, in any order and
/// on several threads, then `then`, which may be empty, with the first of the piece and the one behind its last.
/// Nothing is asked of what is behind, so that whoever has mapped a file can give its memory back.
using InPieces = std::function<void(const std::function<void(std::size_t)> &work,
                                    const std::function<void(std::size_t, std::size_t)> &then)>;

/// The plans, beside the subjects. `renaming.isolate_name` must have been found. Fails with every reason that was
/// found, the warnings among them.
Result<std::vector<Plan>> make_set_plans(std::span<const Subject> subjects, std::span<const Unread> unread,
                                         const SetRenaming &renaming, const InPieces &in_pieces);

} // namespace linkname::plan
