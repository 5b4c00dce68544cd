// Control Flow Guard: where it is on, a call by address may only go to what a table lists (PE format specification,
// "The Load Configuration Structure").
#pragma once

#include "coff/image/image.h"

#include <cstdint>

namespace linkname::coff {

class Guard {
public:
  explicit Guard(const Image &image);

  /// Whether calls are checked and there is a table to check them against.
  [[nodiscard]] bool on() const { return stride_ != 0; }
  [[nodiscard]] bool lists(std::uint32_t rva) const;

private:
  Bytes table_; ///< entries of `stride_` bytes, each of which begins with an address; in order
  std::uint64_t stride_ = 0;
};

/// Whether the image holds code for two processors' conventions (ARM64EC, ARM64X), for which the loader makes other
/// tables of the ones that are read here.
[[nodiscard]] bool is_hybrid(const Image &image);

} // namespace linkname::coff
