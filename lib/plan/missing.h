// The message for a name that no file has: what it was probably meant to be.
#pragma once

#include "plan/subject.h"

#include <linkname/error.h>

#include <span>
#include <string>
#include <string_view>

namespace linkname::plan {

/// The suffix by which GCC and Clang mark a copy whose parameters or extent they have changed (`.isra.0`,
/// `.constprop.0`,
/// `.part.0`, `.cold`); empty when `name` has none.
[[nodiscard]] std::string_view clone_suffix(std::string_view name);

/// An error with the nearest names in the files. `asked_by` is the option, record or rule.
[[nodiscard]] Diagnostic missing_name(std::string_view asked_by, std::string_view name,
                                      std::span<const Subject> subjects);

} // namespace linkname::plan
