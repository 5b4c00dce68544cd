// How long a C++ name would become, found out without writing it down.
#pragma once

#include <cstdint>
#include <string_view>

namespace linkname {

/// At least the number of characters that the Itanium name `mangled` prints as; 0 when it is no such name.
/// Substitutions that refer to substitutions let a name of 500 characters print as 2^60, so this takes time for the
/// name alone.
[[nodiscard]] std::uint64_t demangled_size(std::string_view mangled);

} // namespace linkname
