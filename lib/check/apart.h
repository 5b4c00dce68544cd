// A process of its own for code that was not made for untrusted input. Whatever happens to it, a fault, an endless
// loop, all the memory it can get, happens to it alone.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace linkname::check {

/// What `work` returns, computed in a child process with limits on time and memory; nothing when it did not come to a
/// regular end. `work` must not write or hold anything outside its own memory.
std::optional<std::string> run_apart(const std::function<std::string()> &work);

} // namespace linkname::check
