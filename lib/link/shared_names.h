// Which names a linked library offers. Its symbols are found by the linker itself, so all that matters is whether they
// are there.
#pragma once

#include "base/bytes.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linkname::link {

/// Whether the file is something that has been linked, or stands for it: a shared library, an executable, Apple's text
/// stub (`.tbd`).
[[nodiscard]] bool is_linked(Bytes bytes);

/// Which of `names` it exports, beside them. What cannot be read exports none.
[[nodiscard]] std::vector<bool> exported_by(Bytes bytes, std::span<const std::string> names);

/// The files and libraries that a linker's script names as inputs (`GROUP ( /lib/libc.so.6 -lm )`), libraries with
/// their `-l`; none for what is no such text.
[[nodiscard]] std::vector<std::string> named_by_script(Bytes bytes);

} // namespace linkname::link
