#include "base/diagnostic.h"

#include "base/text.h"

namespace linkname {

std::string symbol_place(std::string_view table, std::uint32_t index, std::string_view name) {
  return join({table, "[", std::to_string(index), "] ", quoted(name)});
}

void put_file_first(std::vector<Diagnostic> &diagnostics, std::string_view file, std::size_t first) {
  for (std::size_t i = first; i < diagnostics.size(); ++i) {
    std::string &place = diagnostics[i].place;
    place = place.empty() ? std::string(file) : join({file, ": ", place});
  }
}

} // namespace linkname
