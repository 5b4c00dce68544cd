// From the wishes for one file to its plan: what contradicts itself or the file is refused, what is so already is left
// out. This is the last place where anything is decided.
#pragma once

#include "plan/companions.h"
#include "plan/name_index.h"
#include "plan/subject.h"
#include "plan/wish.h"

#include <linkname/plan.h>

#include <span>

namespace linkname::plan {

/// The edits in order. Errors among the plan's diagnostics mean that there is no plan.
[[nodiscard]] Plan resolve(const Subject &subject, std::span<const Wish> wishes, const NameIndex &index,
                           const Companions &companions);

} // namespace linkname::plan
