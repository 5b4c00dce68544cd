#include "container/indices.h"

namespace linkname::container {

Indices::Indices(const Tree &tree, std::span<const LeafChange> changes) : tree_(tree), changes_(tree, changes) {
  for (const auto &[node, names] : changes_.all())
    if (const Node &here = tree.nodes()[node]; tree.nodes()[here.parent].kind == Kind::archive)
      of(here.parent).change(here.position, *names);
}

void Indices::plan_ahead() {
  for (auto &[node, archive] : archives_)
    archive.plan_ahead();
}

ArchiveIndices &Indices::of(std::uint32_t node) {
  const auto found = archives_.find(node);
  return found != archives_.end() ? found->second
                                  : archives_.emplace(node, tree_.archive(tree_.nodes()[node])).first->second;
}

} // namespace linkname::container
