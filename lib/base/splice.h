// The only way bytes change: a list of replaced ranges. What no splice names is copied from the input, so it is equal
// by construction.
#pragma once

#include "base/bytes.h"

#include <linkname/error.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace linkname {

/// The `old_length` bytes at `offset` of the input give way to `bytes`.
struct Splice {
  std::uint64_t offset = 0;
  std::uint64_t old_length = 0;
  std::string bytes;
  std::uint64_t deferred = 0; ///< so many new bytes instead, which MakeDeferred makes when they are written

  [[nodiscard]] std::uint64_t new_length() const { return deferred != 0 ? deferred : bytes.size(); }

  bool operator==(const Splice &) const = default;
};

/// Splices in file order that do not overlap. Two insertions at one place stay in the order in which they were added.
using Splices = std::vector<Splice>;

/// What a deferred splice stands for: splices inside of the old bytes that it names, as offsets of the file. Nothing
/// where the old bytes are no longer what they were. Only who writes a file (base/replace_file.h) knows of these; who
/// hands in any hands in a way to make them.
using MakeDeferred = std::function<std::optional<std::vector<Splices>>(std::span<const Splice *const> deferred)>;

/// The order of the file; insertions come before what is replaced at the same place.
[[nodiscard]] inline bool comes_before(const Splice &a, const Splice &b) {
  return a.offset != b.offset ? a.offset < b.offset : a.old_length == 0 && b.old_length != 0;
}

/// Sorts `splices`, insertions before what is replaced at the same place; fails (Status::malformed) where two overlap
/// or one reaches past `input_size`.
Result<void> put_in_order(Splices &splices, std::uint64_t input_size);

/// In a file of at least `large_file` bytes, what lies behind the last table that grows moves by multiples of
/// `large_step`. The distance can then be guessed before the plan is made, and the bytes be copied meanwhile; by the
/// kernel, which copies what moves by less a fifth slower.
inline constexpr std::uint64_t large_file = 8U << 20U;
inline constexpr std::uint64_t large_step = 16U << 10U;

/// A place where a file grows or shrinks, and what has to stay aligned behind it.
struct Resize {
  std::uint64_t at = 0;
  std::uint64_t old_length = 0;
  std::string bytes;
  std::uint64_t alignment = 1; ///< what lies behind moves by a multiple of it

  [[nodiscard]] std::uint64_t end() const { return at + old_length; }
};

/// The splices for `resizes`, padded so that alignments are kept, and behind the last one in large steps where the
/// file is large.
Splices padded(std::vector<Resize> resizes, std::uint64_t file_size);

/// Where the bytes of the input end up. Built from ordered splices.
class OffsetMap {
public:
  explicit OffsetMap(const Splices &ordered);

  /// The new place of the byte at `offset`. An insertion right at `offset` comes before it.
  [[nodiscard]] std::uint64_t operator()(std::uint64_t offset) const {
    const auto after = std::ranges::upper_bound(steps_, offset, {}, &Step::from);
    return after == steps_.begin() ? offset : offset + std::prev(after)->shift;
  }

private:
  struct Step {
    std::uint64_t from;  ///< input offset from which on `shift` holds
    std::uint64_t shift; ///< modulo 2^64, so that shrinking works too
  };
  std::vector<Step> steps_;
};

/// How large a file of `old_size` bytes becomes.
[[nodiscard]] inline std::uint64_t new_size(std::uint64_t old_size, const Splices &splices) {
  for (const Splice &splice : splices)
    old_size += splice.new_length() - splice.old_length;
  return old_size;
}

/// The input with the ordered splices applied, in memory.
std::string apply_splices(Bytes input, const Splices &ordered);

} // namespace linkname
