// What room an image has for its tables before anything is written: their own places, padding, and what lies behind
// their segment.
#pragma once

#include "elf/image/room.h"
#include "elf/image/view.h"

#include <span>
#include <vector>

namespace linkname::elf {

/// `mapped`: the sections that are mapped from the file, by address; `pieces`: the tables among them that may move;
/// `end_of_file`: where the file will end, and a segment of its own could begin. Fails where alignments are damaged.
template <class ELFT>
Result<Space> find_space(const ImageView<ELFT> &view, std::span<const std::uint32_t> mapped,
                         std::span<const Piece> pieces, std::uint64_t end_of_file);

} // namespace linkname::elf
