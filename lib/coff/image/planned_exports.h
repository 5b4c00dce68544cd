// What an image is to export, and the bytes that say so. A slot never moves, since its ordinal is its place: new ones
// come behind the last, and a name that goes away leaves its slot where it was.
#pragma once

#include "coff/image/tables.h"

#include <linkname/plan.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace linkname::coff {

struct PlannedExports {
  std::vector<ExportSlot> slots;            ///< those that were there first
  std::vector<ExportName> names;            ///< sorted as the loader wants them: by unsigned bytes
  std::vector<std::uint32_t> new_addresses; ///< what was not exported before
  std::vector<std::uint32_t> nameless;      ///< slots that lose their last name

  /// Empty where the plan leaves the exports alone.
  static Result<std::optional<PlannedExports>> of(const Tables &tables, const Plan &plan);

  /// Directory and all that it leads to, one after the other, to stand at `rva`; `library` is what the image calls
  /// itself.
  [[nodiscard]] std::string bytes(const Exports &old, Bytes library, std::uint32_t rva) const;
  /// How many bytes that is.
  [[nodiscard]] std::uint64_t size(Bytes library) const;
};

/// What an image calls itself, or where it never did so, something that has its ending.
[[nodiscard]] Bytes library_name(const Image &image, const Exports &exports);

} // namespace linkname::coff
