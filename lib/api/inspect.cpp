#include <linkname/inspect.h>

#include "api/load.h"
#include "check/hazards.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

namespace linkname {

namespace {

/// `file:line` with the line as a number, so that line 9 comes before line 10.
std::pair<std::string_view, std::uint64_t> source_order(const Record &record) {
  const std::string_view at = record.written_at;
  const std::size_t colon = at.rfind(':');
  std::uint64_t line = 0;
  if (colon != std::string_view::npos)
    std::from_chars(at.data() + colon + 1, at.data() + at.size(), line);
  return {at.substr(0, colon), line};
}

} // namespace

Result<Inspection> inspect(const std::string &path) {
  const Result<std::shared_ptr<const MappedFile>> file = MappedFile::open(path);
  if (!file)
    return std::unexpected(file.error());
  const Bytes bytes = (*file)->bytes();
  Result<Known> known = know(bytes, path);
  if (!known)
    return std::unexpected(std::move(known.error()));

  Inspection inspection{.file = path,
                        .facts = std::move(known->facts),
                        .records = std::move(known->records),
                        .hazards = {},
                        .bytes = *file};
  // Compilers write records in an order of their own.
  std::ranges::stable_sort(inspection.records, {}, source_order);
  const std::vector<Symbol> &symbols = inspection.facts.symbols;
  std::vector<const Symbol *> statics;
  for (const Symbol &symbol : symbols)
    if (symbol.named() && !symbol.is_label() && symbol.defined() && symbol.binding == Binding::local)
      statics.push_back(&symbol);
  Result<std::vector<Hazard>> hazards = in_file(path, check::judge(bytes, *known->format, inspection.facts, statics));
  if (!hazards)
    return std::unexpected(std::move(hazards.error()));
  inspection.hazards.resize(symbols.size());
  for (std::size_t i = 0; i < statics.size(); ++i)
    inspection.hazards[static_cast<std::size_t>(statics[i] - symbols.data())] = std::move((*hazards)[i]);
  return inspection;
}

} // namespace linkname
