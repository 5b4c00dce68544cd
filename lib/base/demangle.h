// C++ names as people write them.
#pragma once

#include <string>
#include <string_view>

namespace linkname {

/// The demangled form of an Itanium, Rust, D or Microsoft name, the last spelled like the first; `name` itself when it
/// is none of these, and when it is longer than 8 KiB or would print as more than a MiB.
[[nodiscard]] std::string demangle(std::string_view name);

/// A demangled name without spaces that do not separate words, so that `foo(char const *)` and `foo(char const*)` are
/// one.
[[nodiscard]] std::string canonical_spelling(std::string_view demangled);

/// A demangled name without its parameters, return type and qualifiers behind: `ns::f<int>(char) const` ->
/// `ns::f<int>`.
[[nodiscard]] std::string without_parameters(std::string_view demangled);

} // namespace linkname
