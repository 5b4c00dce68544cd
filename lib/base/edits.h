// A plan, one symbol after the other.
#pragma once

#include <linkname/plan.h>

#include <algorithm>
#include <span>
#include <vector>

namespace linkname {

/// The plan's edits come by symbol, so those of one entry follow each other: a span for each entry that any names.
[[nodiscard]] inline std::vector<std::span<const Edit>> edits_by_symbol(const Plan &plan) {
  std::vector<std::span<const Edit>> result;
  std::span<const Edit> rest = plan.edits;
  while (!rest.empty()) {
    const auto other =
        std::ranges::find_if(rest, [&](std::uint32_t symbol) { return symbol != rest.front().symbol; }, &Edit::symbol);
    const auto count = static_cast<std::size_t>(other - rest.begin());
    result.push_back(rest.first(count));
    rest = rest.subspan(count);
  }
  return result;
}

} // namespace linkname
