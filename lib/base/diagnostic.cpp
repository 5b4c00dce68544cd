#include "base/diagnostic.h"

#include "base/text.h"

namespace linkname {

std::string symbol_place(std::string_view table, std::uint32_t index, std::string_view name) {
  return join({table, "[", std::to_string(index), "] ", quoted(name)});
}

std::string symbol_place(const Facts &facts, const Symbol &symbol) {
  const SymbolTable table = facts.table_of(symbol);
  return symbol_place(table.name, symbol.index - table.from, symbol.name);
}

void put_file_first(std::vector<Diagnostic> &diagnostics, std::string_view file, std::size_t first) {
  for (std::size_t i = first; i < diagnostics.size(); ++i) {
    std::string &place = diagnostics[i].place;
    // `x.a` and `(y.o)[arm64]: .symtab` become one place.
    const bool goes_on = file.empty() || place.starts_with('(') || place.starts_with('[');
    place = join({file, place.empty() || goes_on ? "" : ": ", place});
  }
}

std::unexpected<Error> not_as_planned(const std::string &place, std::string_view what) {
  return fail(Status::system, place,
              join({"the new file does not hold what was planned (", what, "); nothing was written"}),
              "this is a defect of linkname or of the disk: please report it");
}

} // namespace linkname
