// What becomes of the symbol indices of a whole file: planned once, then asked by who lays it out and by who verifies
// what was written. Planning one needs the new names and nothing else, so it can go on while objects are laid out.
#pragma once

#include "container/index_edit.h"
#include "container/tree.h"

#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <vector>

namespace linkname::container {

struct LeafChange;

class Indices {
public:
  /// The tree, and the names in `changes`, which come by node, must outlive it.
  Indices(const Tree &tree, std::span<const LeafChange> changes);

  /// Whether names of members of the archive `node` change.
  [[nodiscard]] bool rename_in(std::uint32_t node) const {
    const auto found = archives_.find(node);
    return found != archives_.end() && found->second.renamed;
  }

  /// Plans the indices of all archives in which names change.
  void plan_ahead();

  /// What becomes of one index: a member of the archive `node`. Planned here if it was not yet.
  const Result<IndexEdit> &edit(std::uint32_t node, std::uint32_t position);

  /// Where the headers of the members stand in the archive `node`.
  std::span<const std::uint64_t> headers(std::uint32_t node) { return of(node).headers; }

private:
  struct OfArchive {
    std::vector<std::uint64_t> headers;       ///< by member
    std::vector<const IndexChange *> changes; ///< by member; null for those whose names stay
    bool renamed = false;
    std::map<std::uint32_t, Result<IndexEdit>> edits; ///< by member
  };

  OfArchive &of(std::uint32_t node);

  const Tree &tree_;
  std::map<std::uint32_t, OfArchive> archives_; ///< by node
  /// Those of universal files in archives, which know a name once, whatever the number of processors.
  std::deque<IndexChange> merged_;
};

} // namespace linkname::container
