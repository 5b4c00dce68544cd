// The member that finds members by symbol, in each of its five forms. It is read into one list of names and members and
// written from it in the form that it had; for GNU's, outside of COFF libraries, there is gnu_index.h.
#pragma once

#include "container/archive.h"
#include "container/index_change.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace linkname::container {

struct IndexEntry {
  std::string_view name;
  std::uint32_t member = 0; ///< position in Archive::members()

  bool operator==(const IndexEntry &) const = default;
};

struct SymbolIndex {
  Role form = Role::coff_index;
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
  bool names_once = false;                ///< it is one of a COFF library
};

/// Of an index that is a member of the archive. `headers` stands beside its members.
[[nodiscard]] IndexPlace place_of(const Archive &archive, const Member &index, std::span<const std::uint64_t> headers);

[[nodiscard]] std::unexpected<Error> damaged_index(std::string_view why);

/// Members by the places of their headers. Indices mostly name members in their order, so the last one and the next are
/// tried first.
class MemberFinder {
public:
  /// `members` stands beside the headers, or is empty.
  MemberFinder(std::span<const std::uint64_t> headers, std::span<const Member> members)
      : headers_(headers), members_(members) {}

  /// Nothing where no ordinary member begins there.
  std::optional<std::uint32_t> at(std::uint64_t header) {
    std::size_t found = last_;
    if (found == headers_.size() || headers_[found] != header)
      ++found;
    if (found >= headers_.size() || headers_[found] != header)
      found = static_cast<std::size_t>(std::ranges::lower_bound(headers_, header) - headers_.begin());
    if (found == headers_.size() || headers_[found] != header || is_table(found))
      return std::nullopt;
    last_ = found;
    return static_cast<std::uint32_t>(found);
  }

private:
  [[nodiscard]] bool is_table(std::size_t member) const {
    return member < members_.size() && members_[member].role != Role::ordinary;
  }

  std::span<const std::uint64_t> headers_;
  std::span<const Member> members_;
  std::size_t last_ = 0;
};

/// Fails with Status::malformed where the index is damaged or speaks of a place where no ordinary member begins.
Result<SymbolIndex> read_index(const IndexPlace &place);

/// Brings the changes into the entries; `names` stands beside the members, null for those whose
/// names stay. New names come behind the others of their member, or where the form is sorted, in their place. A member
/// that had none comes in the order of the members where the index has it.
void change_names(SymbolIndex &index, std::span<const IndexChange *const> names);

/// How long the contents will be, wherever the members stand.
[[nodiscard]] std::uint64_t length_of(const SymbolIndex &index);

/// The contents of the index, with `headers[i]` the place of the header of member i. Entries of a sorted form have to
/// be in the order of their names. Fails with Status::refused where a number does not fit the form.
Result<std::string> written(const SymbolIndex &index, std::span<const std::uint64_t> headers);

} // namespace linkname::container
