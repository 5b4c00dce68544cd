// Independent pieces of work on all processors. Whoever uses it puts the results where their number says, so that
// nothing depends on which thread was faster.
#pragma once

#include <cstddef>
#include <functional>

namespace linkname {

/// Calls `work(i)` for every i below `count`, in any order and on several threads; returns when all are done. `work`
/// must not throw.
void for_each_parallel(std::size_t count, const std::function<void(std::size_t)> &work);

/// Does both, the second one on a thread of its own where that is to be had. Neither may throw.
void both_parallel(const std::function<void()> &one, const std::function<void()> &other);

} // namespace linkname
