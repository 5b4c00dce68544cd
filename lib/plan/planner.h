// One request over a set of files becomes one plan a file.
#pragma once

#include "plan/subject.h"

#include <linkname/error.h>
#include <linkname/plan.h>
#include <linkname/request.h>

#include <span>
#include <vector>

namespace linkname::plan {

struct Manner {
  bool all = false; ///< mean all statics of a name instead of asking which
};

/// The plans, beside the subjects. Fails with every reason that was found, the warnings among them.
Result<std::vector<Plan>> make_plans(std::span<const Subject> subjects, std::span<const Unread> unread,
                                     std::span<const Request> requests, Manner manner);

} // namespace linkname::plan
