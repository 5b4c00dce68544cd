#include <linkname/inspect.h>

#include "api/load.h"
#include "check/hazards.h"

namespace linkname {

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
  const std::vector<Symbol> &symbols = inspection.facts.symbols;
  std::vector<const Symbol *> statics;
  for (const Symbol &symbol : symbols)
    if (symbol.named() && symbol.defined() && symbol.binding == Binding::local)
      statics.push_back(&symbol);
  Result<std::vector<Hazard>> hazards = in_file(path, check::judge(bytes, *known->format, statics));
  if (!hazards)
    return std::unexpected(std::move(hazards.error()));
  inspection.hazards.resize(symbols.size());
  for (std::size_t i = 0; i < statics.size(); ++i)
    inspection.hazards[static_cast<std::size_t>(statics[i] - symbols.data())] = std::move((*hazards)[i]);
  return inspection;
}

} // namespace linkname
