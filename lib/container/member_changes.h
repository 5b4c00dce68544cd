// What changes in the names under which an archive knows its members, from what changes in the objects: a member may be
// an object, or a universal file that holds some, of which the index knows a name once, whatever the number of
// processors.
#pragma once

#include "container/index_change.h"
#include "container/tree.h"

#include <cstdint>
#include <list>
#include <span>
#include <vector>

namespace linkname::container {

struct LeafChange;

class MemberChanges {
public:
  struct OfMember {
    std::uint32_t node = 0; ///< the object itself, or the outermost universal file that holds it
    const IndexChange *names = nullptr;
  };

  /// `changes` come by node; the names in them must outlive it and stay where they are.
  MemberChanges(const Tree &tree, std::span<const LeafChange> changes);

  /// Those in whose names there is anything to know, each node once.
  [[nodiscard]] std::span<const OfMember> all() const { return all_; }

  /// Null where there is nothing to know.
  [[nodiscard]] const IndexChange *of(std::uint32_t node) const;

private:
  std::vector<OfMember> all_;
  std::list<IndexChange> merged_; ///< of universal files; they stay where they are
};

} // namespace linkname::container
