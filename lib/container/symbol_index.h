// The member that finds members by symbol, in each of its five forms. It is read into one list of names and members,
// and written from it in the form that it had.
#pragma once

#include "container/archive.h"

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linkname::container {

/// What happens to the names under which an index knows one member.
struct IndexChange {
  std::map<std::string, std::string, std::less<>> renamed;
  std::set<std::string, std::less<>> removed;
  std::vector<std::string> added;
  /// Names that other members give up and this one goes on defining. Microsoft's indices know each name once, so this
  /// member may have stood behind another one.
  std::set<std::string, std::less<>> kept;

  /// Whether the member's own names stay.
  [[nodiscard]] bool empty() const { return renamed.empty() && removed.empty() && added.empty(); }
};

struct IndexEntry {
  std::string_view name;
  std::uint32_t member = 0; ///< position in Archive::members()

  bool operator==(const IndexEntry &) const = default;
};

struct SymbolIndex {
  Role form = Role::gnu_index;
  bool sorted = false;       ///< BSD: `__.SYMDEF SORTED`; a COFF library's second index always is
  bool big_endian = false;   ///< BSD: the byte order of the objects
  bool names_padded = false; ///< BSD: what the length of the names counts ends on a multiple of eight
  std::vector<IndexEntry> entries;
  std::vector<std::uint32_t> listed; ///< COFF: the members that its second index counts, with symbols or without
};

/// Where an index stands and what it may speak of.
struct IndexPlace {
  Role form = Role::gnu_index;
  std::string_view name; ///< of the index member
  Bytes contents;
  std::span<const std::uint64_t> headers; ///< where each member's header begins, ascending
  std::span<const Member> members;        ///< beside them: no entry may lead to a table
};

[[nodiscard]] constexpr bool is_index(Role role) { return role <= Role::bsd_index_64; }

/// Fails with Status::malformed where the index is damaged or speaks of a place where no ordinary member begins.
Result<SymbolIndex> read_index(const IndexPlace &place);

/// Brings the changes into the entries; `names` stands beside the members, null for those whose names stay. New names
/// come behind the others of their member, or where the form is sorted, in their place. A member that had none comes in
/// the order of the members where the index has it.
void change_names(SymbolIndex &index, std::span<const IndexChange *const> names);

/// The contents of the index, with `headers[i]` the place of the header of member i. The length does not depend on
/// these. Entries of a sorted form have to be in the order of their names. Fails with Status::refused where a number
/// does not fit the form.
Result<std::string> written(const SymbolIndex &index, std::span<const std::uint64_t> headers);

} // namespace linkname::container
