// A new file is looked at while a part of it is still being copied.
#pragma once

#include <linkname/error.h>

#include <cstdint>
#include <functional>

namespace linkname {

/// Waits until every byte of the new file stands in it; may be called again. Fails where the copy has failed.
using Settle = std::function<Result<void>()>;

/// The same for what stands before `until` in it.
using SettleUntil = std::function<Result<void>(std::uint64_t until)>;

} // namespace linkname
