// From what changes in the objects to what changes in the file that holds them: sizes in headers, places in tables, the
// index of symbols. Everything else is kept as it is: order, dates, owners, padding, members that nobody knows.
#pragma once

#include "base/splice.h"
#include "container/symbol_index.h"
#include "container/tree.h"

#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace linkname::container {

struct LeafChange {
  std::uint32_t node = 0;
  Splices splices; ///< ordered; offsets from the start of the object
  IndexChange names;
};

/// What changes in the indices, by the node that stands in an archive: the object itself, or the universal file that
/// holds it. An archive of universal files knows a name once, whatever the number of processors.
[[nodiscard]] std::map<std::uint32_t, IndexChange> names_by_member(const Tree &tree,
                                                                   std::span<const LeafChange> changes);

/// The splices for the whole file. `changes` come by node, one at most for each; `now` is what an index gets for a date
/// where it has one, since Apple's older linkers hold it against the file's. Fails with Status::refused where something
/// would grow past what its field can hold. Takes the new bytes out of `changes`.
Result<Splices> assemble(const Tree &tree, std::span<LeafChange> changes, std::uint64_t now);

} // namespace linkname::container
