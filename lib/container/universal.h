// A universal file: several images, objects or archives for several processors, each at an offset that its processor's
// pages ask for (Apple's <mach-o/fat.h>). The table in front is big-endian, with 32- or 64-bit offsets.
#pragma once

#include "base/bytes.h"

#include <linkname/error.h>

#include <cstdint>
#include <string>
#include <vector>

namespace linkname::container {

struct Slice {
  std::string architecture; ///< as `lipo` calls it
  std::uint64_t row = 0;    ///< where its row of the table stands
  std::uint64_t offset = 0; ///< from the start of the universal file
  std::uint64_t size = 0;
  std::uint64_t alignment = 1; ///< of the offset
};

struct Universal {
  bool wide = false; ///< 64-bit offsets
  std::vector<Slice> slices;

  static bool recognises(Bytes bytes);

  /// Fails with Status::malformed where a slice reaches past the end, overlaps another one or the table.
  static Result<Universal> read(Bytes bytes);
};

/// The bytes of a slice's row for a new place and size; nothing where 32 bits do not hold them.
std::optional<std::string> moved_row(Bytes file, const Universal &universal, const Slice &slice, std::uint64_t offset,
                                     std::uint64_t size);

} // namespace linkname::container
