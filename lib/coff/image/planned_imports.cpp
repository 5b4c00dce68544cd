#include "coff/image/planned_imports.h"

#include "base/diagnostic.h"

#include <algorithm>

namespace linkname::coff {

Result<PlannedImports> PlannedImports::of(const Tables &tables, const Plan &plan) {
  PlannedImports planned;
  for (const Edit &edit : plan.edits) {
    if (edit.change == Change::define || !tables.is_import(edit.symbol))
      continue;
    const std::uint32_t number = edit.symbol - tables.imports_from();
    if (edit.change != Change::rename)
      return fail(Status::refused, linkname::symbol_place("imports", number, edit.was),
                  "is imported, and nothing but its name can change");
    const std::uint32_t entry = tables.imports.all[number].entry;
    if (std::ranges::count(tables.imports.all, entry, &Import::entry) != 1)
      return fail(Status::refused, linkname::symbol_place("imports", number, edit.was),
                  "shares its entry with another library's import");
    planned.renamed.push_back({.number = number, .at = static_cast<std::uint32_t>(planned.names.size())});
    planned.names.append(2, '\0'); // no hint: the loader looks the name up
    planned.names.append(edit.name).push_back('\0');
    planned.names.resize((planned.names.size() + 1) / 2 * 2);
  }
  return planned;
}

} // namespace linkname::coff
