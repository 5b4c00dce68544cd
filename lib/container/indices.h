// What becomes of the symbol indices of a whole file. Planning them needs the new names and nothing else, so it can go
// on while objects are laid out.
#pragma once

#include "container/archive_indices.h"
#include "container/member_changes.h"
#include "container/tree.h"

#include <cstdint>
#include <map>
#include <span>

namespace linkname::container {

class Indices {
public:
  /// The tree, and the names in `changes`, which come by node, must outlive it.
  Indices(const Tree &tree, std::span<const LeafChange> changes);

  /// Plans the indices of all archives in which names change.
  void plan_ahead();

  /// Those of the archive `node`.
  ArchiveIndices &of(std::uint32_t node);

private:
  const Tree &tree_;
  MemberChanges changes_;
  std::map<std::uint32_t, ArchiveIndices> archives_; ///< by node
};

} // namespace linkname::container
