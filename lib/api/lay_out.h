// From the plans of a file's objects to the splices of the file, and back: what was written, held against both.
#pragma once

#include "api/input.h"
#include "base/settle.h"

#include <cstdint>
#include <optional>
#include <span>

namespace linkname {

/// Lays out every object of every input, on all processors. `date` as in RewriteOptions. Behind this nothing knows the
/// symbols of a container's objects any more: there may be hundreds of thousands.
Result<void> lay_out(std::span<Input> inputs, std::optional<std::uint64_t> date, const Counted &counted);

/// Reads `written` back: of a plain object as Backend::verify() does, of a container from its start to its end, and
/// nothing before `settle` was called for it.
Result<void> verify_input(Input &input, Bytes written, const SettleUntil &settle);

} // namespace linkname
