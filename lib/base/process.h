// Asking another program a question.
#pragma once

#include <optional>
#include <span>
#include <string>

namespace linkname {

/// What `command` writes to its standard error; its other streams are the null device. Nothing where it cannot be run,
/// fails, or says more than anybody reads.
[[nodiscard]] std::optional<std::string> standard_error_of(std::span<const std::string> command);

} // namespace linkname
