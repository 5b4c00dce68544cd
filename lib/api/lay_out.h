// From the plans of a file's objects to the splices of the file, and back: what was written, held against both.
#pragma once

#include "api/input.h"
#include "base/replace_file.h"
#include "base/settle.h"
#include "base/splice.h"

#include <cstdint>
#include <vector>

namespace linkname {

/// Lays out every object of every input, on all processors; `now` is what an index gets for a date where it has one.
/// Where that comes to more bytes than are kept, the rest of them is deferred.
/// Behind this nothing knows the symbols of a container's objects any more: there may be hundreds of thousands.
Result<void> lay_out(std::vector<Input> &inputs, std::uint64_t now, const Counted &counted);

/// Makes what was left out of Input::splices, which has to outlive it.
[[nodiscard]] MakeDeferred make_deferred(const Input &input);

/// How verify_input() goes through what was written.
[[nodiscard]] Look look_of(const Input &input);

/// Reads `written` back: of a plain object as Backend::verify() does, of a container from its start to its end, and
/// nothing before `settle` was called for it.
Result<void> verify_input(const Input &input, Bytes written, const SettleUntil &settle);

} // namespace linkname
