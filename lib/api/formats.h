// The formats that linkname knows. A new one is a room of its own and one line in formats.cpp.
#pragma once

#include "base/backend.h"

namespace linkname {

/// The format that `bytes` claim to be of. Fails with Status::malformed where none does, and with Status::refused for
/// what is recognised and cannot be edited.
Result<const Backend *> detect(Bytes bytes);

} // namespace linkname
