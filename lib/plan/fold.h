// A library of C++ code has an inline function in hundreds of objects, and what there is to say about one is to say
// about all of them: once.
#pragma once

#include <linkname/plan.h>

#include <span>

namespace linkname::plan {

/// Of warnings and notes that say the same of many places, the first one stays and lists the others.
void fold_repeated(std::span<Plan> plans);

} // namespace linkname::plan
