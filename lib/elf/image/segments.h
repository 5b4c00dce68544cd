// The program headers of an image whose tables have found room: segments that grow, one that is added, and those that
// describe a table follow it. All others describe the same addresses as before.
#pragma once

#include "base/splice.h"
#include "elf/image/room.h"
#include "elf/image/tables.h"
#include "elf/image/view.h"

#include <optional>
#include <span>
#include <vector>

namespace linkname::elf {

/// The segment that Source::new_segment asks for: where in the new file it begins, and how large it is.
struct NewSegment {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

/// `offsets`: where the bytes of the old file have gone.
template <class ELFT>
std::vector<typename ELFT::Phdr> new_segments(const ImageView<ELFT> &view, const Tables &tables, const Room &room,
                                              const NewSegment &added, const OffsetMap &offsets);

/// Where in the file an address is mapped from.
template <class Phdr> std::optional<std::uint64_t> file_offset(std::span<const Phdr> segments, std::uint64_t address) {
  for (const Phdr &segment : segments)
    if (segment.p_type == llvm::ELF::PT_LOAD && address >= segment.p_vaddr &&
        address - segment.p_vaddr < segment.p_filesz)
      return address - segment.p_vaddr + segment.p_offset;
  return std::nullopt;
}

} // namespace linkname::elf
