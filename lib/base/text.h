// Small things that are done to names: joining, comparing, matching.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace linkname {

/// The pieces one after the other.
[[nodiscard]] std::string join(std::initializer_list<std::string_view> pieces);

/// `'foo'`, with control characters made visible, for messages.
[[nodiscard]] std::string quoted(std::string_view name);

/// `0x1f`
[[nodiscard]] std::string hex(std::uint64_t value);

/// How many letters are missing, too many, wrong, or traded places with their neighbours ("optimal string alignment"),
/// or `limit + 1` as soon as it is known to be larger than `limit`.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

[[nodiscard]] bool is_wildcard(std::string_view pattern);

/// `*` stands for any run of characters, `?` for one, `[...]` for one of a set; a backslash takes the next one
/// literally.
[[nodiscard]] bool wildcard_match(std::string_view pattern, std::string_view name);

} // namespace linkname
