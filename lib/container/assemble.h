// From what changes in the objects to what changes in the file that holds them: sizes in headers, places in tables, the
// index of symbols. Everything else is kept as it is: order, dates, owners, padding, members that nobody knows.
#pragma once

#include "base/splice.h"
#include "container/indices.h"
#include "container/symbol_index.h"
#include "container/tree.h"

#include <cstdint>
#include <span>
#include <vector>

namespace linkname::container {

struct LeafChange {
  std::uint32_t node = 0;
  Splices splices; ///< ordered; offsets from the start of the object
  IndexChange names;
};

/// The splices for the whole file. `changes` come by node, one at most for each, and `indices` are theirs; `now` is
/// what an index gets for a date where it has one, since Apple's older linkers hold it against the file's. Fails with
/// Status::refused where something would grow past what its field can hold. Takes the new bytes out of `changes`;
/// that there are splices stays, since verification asks by them what was touched.
Result<Splices> assemble(const Tree &tree, std::span<LeafChange> changes, Indices &indices, std::uint64_t now);

} // namespace linkname::container
