// What an empty plan leaves: a copy.
#pragma once

#include "base/bytes.h"
#include "base/settle.h"

namespace linkname {

/// Nothing but one range was copied, so the two ends of `after` show whether it is all there.
Result<void> verify_copy(Bytes before, Bytes after, const Settle &settle);

} // namespace linkname
