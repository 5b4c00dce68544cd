#include "base/path.h"

#include <algorithm>

namespace linkname {

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos)
    return ".";
  return slash == 0 ? "/" : std::string(path.substr(0, slash));
}

std::string_view file_name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string path_between(std::string_view folder, std::string_view path) {
  const std::string from = folder == "/" ? "/" : std::string(folder) + '/';
  // What both have in common, up to a slash.
  const auto differ = std::ranges::mismatch(from, path).in1;
  const auto common = static_cast<std::size_t>(differ - from.begin());
  const std::size_t shared = from.rfind('/', common == 0 ? 0 : common - 1) + 1;
  std::string result;
  for (auto up = std::ranges::count(std::string_view(from).substr(shared), '/'); up > 0; --up)
    result += "../";
  return result.append(path.substr(shared));
}

} // namespace linkname
