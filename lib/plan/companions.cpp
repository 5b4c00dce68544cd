#include "plan/companions.h"

#include "base/text.h"

#include <algorithm>

namespace linkname::plan {
namespace {

/// One way in which code refers to a symbol by another.
struct Kind {
  std::string_view lead;
  bool bare_name = false; ///< see Companion, as the next one
  bool has_variable = false;
};

constexpr std::string_view pointer = ".refptr.";

constexpr Kind kinds[] = {
    {.lead = pointer},
    {.lead = "__imp_"},
    {.lead = "__emutls_v.", .bare_name = true, .has_variable = true},
    {.lead = "__emutls_t.", .bare_name = true},
};

struct Parts {
  std::string symbol; ///< whose companion it is
  Companion companion;
};

/// Takes a companion's name apart; its lead is empty where it is none. One may be the companion of another:
/// `.refptr.__emutls_v.x`.
Parts take_apart(std::string_view name, char platform_prefix) {
  const std::string_view prefix(&platform_prefix, platform_prefix == '\0' ? 0 : 1);
  Parts parts;
  Companion &companion = parts.companion;
  for (const Kind &kind : kinds) { // in this order one stands before the other
    const std::string lead = kind.bare_name ? join({prefix, kind.lead}) : std::string(kind.lead);
    if (companion.bare_name || !name.starts_with(lead) || name.size() == lead.size())
      continue;
    name.remove_prefix(lead.size());
    companion.has_variable = kind.has_variable && companion.lead.empty();
    companion.bare_name = kind.bare_name;
    companion.lead += lead;
  }
  parts.symbol = companion.bare_name ? join({prefix, name}) : std::string(name);
  return parts;
}

} // namespace

Companions::Companions(const Facts &facts) : facts_(facts) {
  if (facts.format != Format::coff)
    return;
  for (std::uint32_t i = 0; i < facts.symbols.size(); ++i) {
    const Symbol &symbol = facts.symbols[i];
    if (!symbol.named() || (!symbol.name.starts_with('.') && !symbol.name.starts_with("__")))
      continue;
    Parts parts = take_apart(symbol.name, facts.name_prefix);
    if (parts.companion.lead.empty())
      continue;
    parts.companion.position = i;
    by_symbol_[std::move(parts.symbol)].push_back(std::move(parts.companion));
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
  for (const Companion &companion : of(take_apart(full_name, facts_.name_prefix).symbol))
    if (facts_.symbols[companion.position].name == full_name)
      positions.push_back(companion.position);
  return positions;
}

bool Companions::has_pointer(std::string_view name) const { return !bearers(join({pointer, name})).empty(); }

std::string Companions::full_name(const Companion &companion, std::string_view name) const {
  if (companion.bare_name && facts_.name_prefix != '\0' && name.starts_with(facts_.name_prefix))
    name.remove_prefix(1);
  return companion.lead + std::string(name);
}

std::vector<Wish> Companions::wishes(std::string_view name, const Wish &like) const {
  std::vector<Wish> found;
  for (const Companion &companion : of(name)) {
    if (!follows(like.verb, companion))
      continue;
    Wish &wish = found.emplace_back(like);
    wish.position = companion.position;
    wish.companion = true;
    if (like.verb == Verb::rename || like.verb == Verb::alias)
      wish.name = full_name(companion, like.name);
  }
  return found;
}

bool Companions::follows(Verb verb, const Companion &companion) const {
  switch (verb) {
  case Verb::rename:
    return true;
  case Verb::alias:
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
