// Paths as text: where a file is and how it is called, and how one is named from another folder.
#pragma once

#include <string>
#include <string_view>

namespace linkname {

/// The folder that `path` names a file in: `.` where it names none.
[[nodiscard]] std::string folder_of(std::string_view path);

/// What stands behind the last slash.
[[nodiscard]] std::string_view file_name_of(std::string_view path);

/// How the file `path` is called from `folder`. Both are absolute and without links, `.` and `..`, since a `..` in the
/// result leads out of wherever the folder really is.
[[nodiscard]] std::string path_between(std::string_view folder, std::string_view path);

} // namespace linkname
