#include "plan/set_names.h"

#include <functional>

namespace linkname::plan {

std::size_t SetNames::slot_of(std::string_view base, bool prefixed) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = std::hash<std::string_view>()(base) & mask;
  while (slots_[slot] != none) {
    const SetName &there = names_[slots_[slot]];
    if (there.prefixed == prefixed && there.base == base)
      break;
    slot = (slot + 1) & mask;
  }
  return slot;
}

void SetNames::grow() {
  slots_.assign(2 * slots_.size(), none);
  for (std::uint32_t i = 0; i < names_.size(); ++i)
    slots_[slot_of(names_[i].base, names_[i].prefixed)] = i;
}

SetName &SetNames::add(std::string_view base, bool prefixed) {
  std::size_t slot = slot_of(base, prefixed);
  if (slots_[slot] != none)
    return names_[slots_[slot]];
  if (2 * (names_.size() + 1) > slots_.size()) {
    grow();
    slot = slot_of(base, prefixed);
  }
  slots_[slot] = static_cast<std::uint32_t>(names_.size());
  return names_.emplace_back(SetName{.base = base, .prefixed = prefixed});
}

void SetNames::add(const Facts &facts) {
  for (const Symbol &symbol : facts.symbols) {
    if (!is_set_name(symbol))
      continue;
    const NameParts parts = take_apart(symbol.name);
    SetName &name = add(parts.base, parts.prefixed);
    name.defined = name.defined || (parts.defines && (symbol.defined() || symbol.names_group));
  }
}

std::optional<std::uint32_t> SetNames::find(std::string_view base, bool prefixed) const {
  const std::uint32_t number = slots_[slot_of(base, prefixed)];
  return number == none ? std::nullopt : std::optional(number);
}

std::optional<std::uint32_t> SetNames::find(std::string_view symbol_name) const {
  const NameParts parts = take_apart(symbol_name);
  return parts.has_lead ? std::nullopt : find(parts.base, parts.prefixed);
}

std::string SetNames::full_name(const SetName &name) const {
  std::string full;
  if (name.prefixed)
    full += name_prefix_;
  full += name.base;
  return full;
}

} // namespace linkname::plan
