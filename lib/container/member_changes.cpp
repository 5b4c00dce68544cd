#include "container/member_changes.h"

#include "container/assemble.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace linkname::container {
namespace {

/// Adds what changes in another object of the same member.
void merge(IndexChange &into, const IndexChange &from) {
  std::ranges::copy(from.renamed, std::back_inserter(into.renamed));
  std::ranges::copy(from.removed, std::back_inserter(into.removed));
  std::ranges::copy(from.kept, std::back_inserter(into.kept));
  for (const std::string_view name : from.added)
    if (std::ranges::find(into.added, name) == into.added.end())
      into.added.push_back(name);
}

} // namespace

MemberChanges::MemberChanges(const Tree &tree, std::span<const LeafChange> changes) {
  const auto in_universal = [&](std::uint32_t node) {
    return node != 0 && tree.nodes()[tree.nodes()[node].parent].kind == Kind::universal;
  };
  std::map<std::uint32_t, IndexChange *> universals; // seldom any
  for (const LeafChange &change : changes) {
    if (change.names.empty() && change.names.kept.empty())
      continue;
    std::uint32_t member = change.node;
    while (in_universal(member))
      member = tree.nodes()[member].parent;
    if (member == change.node) {
      all_.push_back({.node = member, .names = &change.names});
      continue;
    }
    const auto [sum, is_new] = universals.try_emplace(member, nullptr);
    if (is_new) {
      sum->second = &merged_.emplace_back();
      all_.push_back({.node = member, .names = sum->second});
    }
    merge(*sum->second, change.names);
  }
  for (IndexChange &names : merged_)
    names.put_in_order();
}

const IndexChange *MemberChanges::of(std::uint32_t node) const {
  const auto found = std::ranges::find(all_, node, &OfMember::node);
  return found != all_.end() ? found->names : nullptr;
}

} // namespace linkname::container
