// One renaming of all that a set of objects defines becomes one plan an object. Names are decided once for the whole
// set, so that nothing is left for the single objects to contradict.
#pragma once

#include "plan/subject.h"

#include <linkname/error.h>
#include <linkname/plan.h>
#include <linkname/set_renaming.h>

#include <span>
#include <vector>

namespace linkname::plan {

/// The plans, beside the subjects. `renaming.isolate_name` must have been found. Fails with every reason that was
/// found, the warnings among them.
Result<std::vector<Plan>> make_set_plans(std::span<const Subject> subjects, std::span<const Unread> unread,
                                         const SetRenaming &renaming);

} // namespace linkname::plan
