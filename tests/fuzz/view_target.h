// One format's room alone: reading an object, the evidence for every symbol, and laying out and verifying a plan that
// no planner has looked at.
#pragma once

#include "judge.h"

#include "base/splice.h"
#include "base/word_store.h"

#include <algorithm>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

namespace linkname::fuzz {

/// Edits that are legal by what Backend::lay_out expects: in order, and only globals are localized or weakened.
inline Plan plan_from(std::string_view steering, const Facts &facts) {
  const auto words = std::make_shared<WordStore>();
  Plan plan;
  plan.words = words;
  Cursor cursor(steering);
  while (!cursor.empty() && !facts.symbols.empty()) {
    const std::uint8_t what = cursor.byte();
    const Symbol &symbol = facts.symbols[cursor.half() % facts.symbols.size()];
    if (!symbol.named())
      continue;
    Edit edit;
    edit.symbol = symbol.index;
    edit.was = symbol.name;
    edit.change = static_cast<Change>(what % 5);
    if (facts
            .image) // where little of it makes sense: what is seen is renamed, hidden or named again, the rest exported
      edit.change = symbol.binding == Binding::local ? Change::add : static_cast<Change>(what % 3);
    std::string name;
    if (edit.change == Change::rename || edit.change == Change::add)
      name = cursor.take(what >> 4U);
    if (edit.change == Change::add && facts.image && what >= 192)
      name = symbol.name;
    if (edit.change == Change::visibility)
      edit.visibility = static_cast<Visibility>((what >> 4U) % 4);
    std::erase(name, '\0');
    edit.name = words->add({name});
    if (edit.change == Change::rename && edit.name.empty())
      continue;
    const bool global = symbol.binding != Binding::local;
    if (!global &&
        (edit.change == Change::weaken || edit.change == Change::localize || edit.change == Change::visibility))
      continue;
    // One rename, one visibility, one of weak and local for an entry, as the planner promises.
    const auto contradicts = [&](const Edit &other) {
      const auto state = [](Change change) { return change == Change::localize ? Change::weaken : change; };
      return edit.change != Change::add && other.symbol == edit.symbol && state(other.change) == state(edit.change);
    };
    if (std::ranges::none_of(plan.edits, contradicts))
      plan.edits.push_back(std::move(edit));
  }
  std::ranges::sort(plan.edits, {}, [](const Edit &edit) { return std::tie(edit.symbol, edit.change, edit.name); });
  return plan;
}

inline int try_view(const Judge &judge, const std::uint8_t *data, std::size_t size) {
  const auto [object, steering] = Input::split(data, size);
  if (!judge.backend.recognises(object))
    return 0;
  const Result<Facts> facts = judge.backend.inspect(object);
  if (!facts)
    return 0;
  std::vector<std::uint32_t> indices;
  for (const Symbol &symbol : facts->symbols) {
    require(symbol.home != Home::section || symbol.section < facts->sections.size(), "a section index is in range");
    require(symbol.source < facts->sources.size(), "a source index is in range");
    indices.push_back(symbol.index);
  }
  const Result<std::vector<Evidence>> evidence = judge.backend.evidence(object, indices);
  require(!evidence || evidence->size() == indices.size(), "there is evidence for every symbol");

  const Plan plan = plan_from(steering, *facts);
  const Result<LaidOut> laid_out = judge.backend.lay_out(object, plan);
  if (!laid_out)
    return 0;
  const std::string result = apply_splices(object, laid_out->splices);
  if (plan.empty())
    require(result == object, "an empty plan changes nothing");
  const Result<void> verified = judge.backend.verify(object, plan, result, [] { return Result<void>(); });
  if (!judge.nothing_overlaps(object))
    return 0;
  require_success(verified, "what was laid out is what was planned");
  const bool localizes =
      std::ranges::any_of(plan.edits, [](const Edit &edit) { return edit.change == Change::localize; });
  judge.require_same_contents(object, result, localizes);
  require_success(judge.backend.inspect(result), "the result is an object again");
  return 0;
}

} // namespace linkname::fuzz
