#include "link/link_names.h"

#include "link/shared_names.h"

#include <algorithm>

namespace linkname::link {

void LinkNames::note(std::size_t subject, const Facts &facts, const Plan &plan) {
  for (std::uint32_t i = 0; i < facts.symbols.size(); ++i) {
    const Symbol &symbol = facts.symbols[i];
    if (!symbol.named())
      continue;
    const Place place{.subject = subject, .position = i};
    std::string_view name = symbol.name;
    bool local = symbol.binding == Binding::local;
    for (const Edit &edit : std::ranges::equal_range(plan.edits, symbol.index, {}, &Edit::symbol)) {
      if (edit.change == Change::rename)
        name = edit.name;
      else if (edit.change == Change::localize)
        local = true;
      else if (edit.change == Change::add)
        note(edit.name, &Bearers::shown, place);
    }
    note(name, !symbol.defined() ? &Bearers::wanted : local ? &Bearers::statics : &Bearers::shown, place);
  }
}

/// A pull may say the version of an ELF name, or leave it to the linker.
void LinkNames::note(std::string_view name, std::vector<Place> Bearers::*where, const Place &place) {
  auto found = names_.find(name);
  if (found == names_.end())
    found = names_.find(name.substr(0, name.find('@', 1)));
  if (found != names_.end())
    (found->second.*where).push_back(place);
}

void LinkNames::note_exports(const std::string &path, Bytes linked_file) {
  std::vector<std::string> plain;
  plain.reserve(names_.size());
  for (const auto &[name, bearers] : names_)
    plain.push_back(name.substr(0, name.find('@', 1)));
  const std::vector<bool> exported = exported_by(linked_file, plain);
  std::size_t i = 0;
  for (auto &[name, bearers] : names_)
    if (exported[i++] && bearers.exporter.empty())
      bearers.exporter = path;
}

} // namespace linkname::link
