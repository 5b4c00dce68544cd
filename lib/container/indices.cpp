#include "container/indices.h"

#include "container/assemble.h"

#include <algorithm>
#include <iterator>

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

Indices::Indices(const Tree &tree, std::span<const LeafChange> changes) : tree_(tree) {
  const auto in_universal = [&](std::uint32_t node) {
    return node != 0 && tree.nodes()[tree.nodes()[node].parent].kind == Kind::universal;
  };
  std::map<std::uint32_t, IndexChange *> merged; // by the node that stands in an archive
  for (const LeafChange &change : changes) {
    if (change.names.empty() && change.names.kept.empty())
      continue;
    std::uint32_t member = change.node;
    while (in_universal(member))
      member = tree.nodes()[member].parent;
    const Node &here = tree.nodes()[member];
    if (tree.nodes()[here.parent].kind != Kind::archive)
      continue;
    OfArchive &archive = of(here.parent);
    const IndexChange *names = &change.names;
    if (member != change.node) {
      IndexChange *&sum = merged[member];
      if (sum == nullptr)
        sum = &merged_.emplace_back();
      merge(*sum, change.names);
      names = sum;
    }
    archive.changes[here.position] = names;
    archive.renamed = archive.renamed || !names->empty();
  }
  for (IndexChange &names : merged_)
    names.put_in_order();
}

void Indices::plan_ahead() {
  for (const auto &[node, archive] : archives_) {
    if (!archive.renamed)
      continue;
    const std::vector<Member> &members = tree_.archive(tree_.nodes()[node]).members();
    for (std::uint32_t i = 0; i < members.size(); ++i)
      if (is_index(members[i].role))
        edit(node, i);
  }
}

const Result<IndexEdit> &Indices::edit(std::uint32_t node, std::uint32_t position) {
  OfArchive &here = of(node);
  const auto known = here.edits.find(position);
  if (known != here.edits.end())
    return known->second;
  const Archive &archive = tree_.archive(tree_.nodes()[node]);
  return here.edits
      .emplace(position, IndexEdit::plan(place_of(archive, archive.members()[position], here.headers), here.changes))
      .first->second;
}

Indices::OfArchive &Indices::of(std::uint32_t node) {
  const auto [found, is_new] = archives_.try_emplace(node);
  OfArchive &here = found->second;
  if (is_new) {
    const std::vector<Member> &members = tree_.archive(tree_.nodes()[node]).members();
    here.changes.resize(members.size());
    here.headers.reserve(members.size());
    for (const Member &member : members)
      here.headers.push_back(member.header);
  }
  return here;
}

} // namespace linkname::container
