// A thin archive, whose members are files of their own: it holds their headers, their names and the index of their
// symbols. When members change or are found elsewhere, this is what follows from it.
#pragma once

#include "base/splice.h"
#include "container/symbol_index.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace linkname::container {

/// What a thin archive is to say of one member. Never owns.
struct ThinMember {
  std::string_view name;              ///< its file, absolute or from the archive's folder
  std::uint64_t origin = 0;           ///< as Member::origin
  std::uint64_t size = 0;             ///< of the member
  const IndexChange *names = nullptr; ///< null: its names stay
};

/// What it says now, beside Archive::members(); tables of the archive's own have no name.
std::vector<ThinMember> thin_members(const Archive &archive);

/// The splices that make the archive say `members`, which stand beside its own. Without any difference there are none.
/// Fails with Status::refused where something does not fit, and with Status::malformed where the index is damaged;
/// `now` as for assemble().
Result<Splices> assemble_thin(const Archive &archive, std::span<const ThinMember> members, std::uint64_t now);

/// Reads what was written as if it were somebody else's and holds it against the old archive and `members`.
Result<void> verify_thin(const Archive &before, std::span<const ThinMember> members, Bytes after);

} // namespace linkname::container
