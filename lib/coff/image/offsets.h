// The one list of the fields in a linked image that hold file offsets. Where something is inserted, all of them move.
#pragma once

#include "coff/image/image.h"
#include "coff/offsets.h"

namespace linkname::coff {

using DebugDirectory = llvm::object::debug_directory;

/// The entries that say where debug information is; empty where they are not readable.
inline std::span<const DebugDirectory> debug_directories(const Image &image) {
  const DataDirectory where = image.directory(llvm::COFF::DEBUG_DIRECTORY);
  if (where.RelativeVirtualAddress == 0)
    return {};
  return image.array<DebugDirectory>(where.RelativeVirtualAddress, where.Size / sizeof(DebugDirectory))
      .value_or(std::span<const DebugDirectory>{});
}

/// The certificates: the one data directory that is a file offset.
inline DataDirectory certificates(const Image &image) { return image.directory(llvm::COFF::CERTIFICATE_TABLE); }

/// Calls `use(field)` for every offset outside the section headers (coff/offsets.h has those). Fields are in the file.
template <class Use> void for_each_offset_in_image(const Image &image, Use use) {
  if (image.coff().header().PointerToSymbolTable != 0)
    use(image.coff().header().PointerToSymbolTable);
  for (const DebugDirectory &entry : debug_directories(image))
    if (entry.PointerToRawData != 0)
      use(entry.PointerToRawData);
}

} // namespace linkname::coff
