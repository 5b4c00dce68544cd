// The `/` and `/SYM64/` members, changed in place. In a large library of C++ code a quarter of the bytes are the names
// in its index; rewriting one of them must not cost walking through all, let alone a copy of them.
#pragma once

#include "base/splice.h"
#include "container/symbol_index.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace linkname::container {

/// What becomes of one index: first how long it will be, which says where all members will stand, then its bytes.
class GnuIndexEdit {
public:
  /// `names` stands beside the members, null for those whose names stay. New names come behind the others of their
  /// member. Fails with Status::malformed where the index is damaged or speaks of a place where no member begins.
  static Result<GnuIndexEdit> plan(const IndexPlace &place, std::span<const IndexChange *const> names);

  /// By how many bytes the contents grow, modulo 2^64.
  [[nodiscard]] std::uint64_t growth() const { return growth_; }

  /// The splices of the contents, `new_headers` being where the members' headers will stand. Fails with Status::refused
  /// where an offset or the count does not fit.
  [[nodiscard]] Result<Splices> write(std::span<const std::uint64_t> new_headers) const;

  /// Whether `contents`, the index as it was written, says what was planned.
  [[nodiscard]] bool is_in(Bytes contents, std::span<const std::uint64_t> new_headers) const;

private:
  /// An entry that is dropped, or entries that are put in before it.
  struct Change {
    std::size_t entry;
    bool dropped;
    std::vector<std::uint32_t> put_in; ///< their members
  };

  template <class Number> Result<void> read(const IndexPlace &place, std::span<const IndexChange *const> names);
  template <class Number> [[nodiscard]] Result<std::string> table(std::span<const std::uint64_t> new_headers) const;

  bool wide_ = false;
  Bytes contents_;
  std::vector<std::uint32_t> members_; ///< by entry
  std::vector<Change> changes_;        ///< by entry; what is put in at the end stands at the entry behind the last
  Splices name_splices_;
  std::size_t new_count_ = 0;
  std::uint64_t growth_ = 0;
};

} // namespace linkname::container
