// What was copied and not changed, held against where it came from.
#pragma once

#include "base/bytes.h"
#include "base/settle.h"
#include "base/splice.h"

#include <cstddef>

namespace linkname {

/// Whether two ranges are of one size and have the same first and last `window` bytes. What was copied is equal by
/// construction, but a wrong offset would show there.
[[nodiscard]] bool same_ends(Bytes before, Bytes after, std::size_t window);

/// Nothing but one range was copied, so the two ends of `after` show whether it is all there.
Result<void> verify_copy(Bytes before, Bytes after, const Settle &settle);

/// `after` is `before` with the ordered `splices` applied: every byte of theirs, and the ends of what stays between.
Result<void> verify_splices(Bytes before, const Splices &splices, Bytes after);

} // namespace linkname
