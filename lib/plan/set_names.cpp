#include "plan/set_names.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace linkname::plan {

void SetNames::add(std::span<SetMention> mentions) {
  constexpr std::size_t ahead = 16; // the table is larger than what processors keep near
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    if (i + ahead < mentions.size())
      numbers_.prefetch(mentions[i + ahead].hash);
    SetMention &mention = mentions[i];
    const auto [number, is_new] = numbers_.find_or_add(mention.hash, is(mention.base, mention.prefixed));
    if (is_new)
      names_.push_back({.base = words_.add({mention.base}), .prefixed = mention.prefixed});
    names_[number].defined = names_[number].defined || mention.defines;
    mention.number = number;
  }
}

std::optional<std::uint32_t> SetNames::find(std::string_view base, bool prefixed) const {
  return numbers_.find(NameTable::hash_of(base), is(base, prefixed));
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

std::vector<SetMention> mentions_in(const Facts &facts) {
  std::vector<SetMention> mentions;
  // For each version of an image, linkers put in a symbol that is called what the version is called (GNU symbol
  // versioning).
  std::unordered_set<std::string_view> versions;
  for (const Sharing &sharing : facts.sharing)
    versions.insert(sharing.version);
  mentions.reserve(static_cast<std::size_t>(std::ranges::count_if(facts.symbols, is_set_name)));
  for (std::uint32_t i = 0; i < facts.symbols.size(); ++i) {
    const Symbol &symbol = facts.symbols[i];
    if (!is_set_name(symbol) || (symbol.home == Home::absolute && versions.contains(symbol.name)))
      continue;
    const NameParts parts = take_apart(symbol.name, facts.format, facts.name_prefix);
    mentions.push_back({.base = parts.base,
                        .hash = NameTable::hash_of(parts.base),
                        .position = i,
                        .prefixed = parts.prefixed,
                        .defines = parts.defines && (symbol.defined() || symbol.names_group)});
  }
  return mentions;
}

} // namespace linkname::plan
