// One request over a set of files becomes one plan a file.
#pragma once

#include "plan/subject.h"
#include "plan/wish.h"

#include <linkname/error.h>
#include <linkname/plan.h>
#include <linkname/request.h>

#include <span>
#include <vector>

namespace linkname::plan {

struct Manner {
  bool all = false; ///< mean all statics of a name instead of asking which
};

/// The plans, beside the subjects. `more`: wishes that have found their symbols already, beside the subjects, or empty.
/// Fails with every reason that was found, the warnings among them.
Result<std::vector<Plan>> make_plans(std::span<const Subject> subjects, std::span<const Unread> unread,
                                     std::span<const Request> requests, std::span<const std::vector<Wish>> more,
                                     Manner manner);

} // namespace linkname::plan
