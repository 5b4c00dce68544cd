#include "plan/companions.h"

#include "base/text.h"
#include "plan/name_parts.h"

#include <algorithm>

namespace linkname::plan {
namespace {

/// Whose companion it is.
std::string symbol_of(const NameParts &parts, char platform_prefix) {
  return parts.prefixed ? platform_prefix + std::string(parts.base) : std::string(parts.base);
}

} // namespace

Companions::Companions(const Facts &facts) : facts_(facts) {
  if (facts.format != Format::coff || facts.image)
    return;
  for (std::uint32_t i = 0; i < facts.symbols.size(); ++i) {
    const Symbol &symbol = facts.symbols[i];
    if (!symbol.named() || (!symbol.name.starts_with('.') && !symbol.name.starts_with("__")))
      continue;
    const NameParts parts = take_apart(symbol.name, facts.format, facts.name_prefix);
    if (parts.has_lead)
      by_symbol_[symbol_of(parts, facts.name_prefix)].push_back({.position = i,
                                                                 .lead = std::string(parts.lead()),
                                                                 .bare_name = parts.bare_name,
                                                                 .has_variable = parts.has_variable});
  }
}

std::span<const Companion> Companions::of(std::string_view name) const {
  if (by_symbol_.empty())
    return {};
  const auto found = by_symbol_.find(std::string(name));
  return found == by_symbol_.end() ? std::span<const Companion>() : found->second;
}

std::vector<std::uint32_t> Companions::bearers(std::string_view full_name) const {
  std::vector<std::uint32_t> positions;
  if (by_symbol_.empty())
    return positions;
  for (const Companion &companion :
       of(symbol_of(take_apart(full_name, facts_.format, facts_.name_prefix), facts_.name_prefix)))
    if (facts_.symbols[companion.position].name == full_name)
      positions.push_back(companion.position);
  return positions;
}

bool Companions::has_pointer(std::string_view name) const { return !bearers(join({pointer_lead, name})).empty(); }

std::string Companions::full_name(const Companion &companion, std::string_view name) const {
  if (companion.bare_name && facts_.name_prefix != '\0' && name.starts_with(facts_.name_prefix))
    name.remove_prefix(1);
  return companion.lead + std::string(name);
}

std::vector<Wish> Companions::wishes(std::string_view name, const Wish &like, std::deque<std::string> &written) const {
  std::vector<Wish> found;
  for (const Companion &companion : of(name)) {
    if (!follows(like.verb, companion))
      continue;
    Wish &wish = found.emplace_back(like);
    wish.position = companion.position;
    wish.companion = true;
    if (takes_name(like.verb))
      wish.name = written.emplace_back(full_name(companion, like.name));
  }
  return found;
}

bool Companions::follows(Verb verb, const Companion &companion) const {
  switch (verb) {
  case Verb::rename:
    return true;
  case Verb::alias:
  case Verb::promote:
  case Verb::export_: {
    const bool second_name = companion.has_variable || companion.lead == "__imp_";
    return second_name && facts_.symbols[companion.position].defined();
  }
  case Verb::weaken:
  case Verb::localize:
    return companion.has_variable;
  case Verb::hide:
    return false;
  }
  return false;
}

} // namespace linkname::plan
