// What becomes of the symbol indices of one archive: planned once, then asked by who lays it out and by who verifies
// what was written.
#pragma once

#include "container/archive.h"
#include "container/index_edit.h"

#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace linkname::container {

class ArchiveIndices {
public:
  /// The archive must outlive it.
  explicit ArchiveIndices(const Archive &archive);
  ArchiveIndices(const ArchiveIndices &) = delete; // what is planned points into it
  ArchiveIndices(ArchiveIndices &&) = default;

  /// Says what happens to the names of the member at `position`, before anything is planned. Never owns.
  void change(std::uint32_t position, const IndexChange &names);

  /// Whether names of members change.
  [[nodiscard]] bool renamed() const { return renamed_; }

  /// Plans all indices, if names change.
  void plan_ahead();

  /// What becomes of the index at `position`. Planned here if it was not yet.
  const Result<IndexEdit> &edit(std::uint32_t position);

  /// Where the headers of the members stand.
  [[nodiscard]] std::span<const std::uint64_t> headers() const { return headers_; }

private:
  const Archive *archive_;
  std::vector<std::uint64_t> headers_;       ///< by member
  std::vector<const IndexChange *> changes_; ///< by member; null for those whose names stay
  bool renamed_ = false;
  std::map<std::uint32_t, Result<IndexEdit>> edits_; ///< by member
};

} // namespace linkname::container
