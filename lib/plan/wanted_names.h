// The names that matter to a run: what requests and records speak of, in every way that they can be read.
#pragma once

#include "plan/name_index.h"
#include "plan/subject.h"

#include <linkname/request.h>

#include <span>

namespace linkname::plan {

/// Every name that the requests and the records of all `subjects` can speak of.
[[nodiscard]] WantedNames wanted_names(std::span<const Subject> subjects, std::span<const Request> requests);

} // namespace linkname::plan
