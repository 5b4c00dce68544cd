// What changes in the header of a member, and an index in its place: pieces of which a changed archive is put together,
// whether its members are in it or elsewhere. All splices count from the start of the archive.
#pragma once

#include "base/splice.h"
#include "container/archive_indices.h"

#include <cstdint>
#include <span>
#include <vector>

namespace linkname::container {

/// The next multiple of `unit`, a power of two, above or at a growth, which may be negative modulo 2^64.
constexpr std::uint64_t align_up_wrapping(std::uint64_t growth, std::uint64_t unit) {
  return growth + (0 - growth) % unit;
}

/// The header of `member` is to count `stored` bytes. Fails with Status::refused where they are too many for it.
Result<void> put_size(const Member &member, std::uint64_t stored, Splices &splices);

/// Writes all indices of an archive. `grown`, by how many bytes each member grows, stands beside the members; indices
/// grow by multiples of `unit`. `now` is what an index gets for a date where it has one. Gives by how
/// much the archive grows. Fails with Status::refused where a number does not fit, and where a table of places is in a
/// form that is not known.
Result<std::uint64_t> put_indices(const Archive &archive, ArchiveIndices &indices, std::vector<std::uint64_t> grown,
                                  std::uint64_t unit, std::uint64_t now, Splices &splices);

} // namespace linkname::container
