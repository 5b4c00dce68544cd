// A new image held against the old one by Backend::lint: whatever was odd may stay so, but nothing may be added to it.
#pragma once

#include "base/backend.h"

namespace linkname {

/// Fails where lint finds something in `after` more often than in `before`. Formats without lint have nothing to find.
Result<void> no_new_findings(const Backend &format, Bytes before, Bytes after);

} // namespace linkname
