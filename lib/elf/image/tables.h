// The loader's tables of an image: which sections they are, what each becomes, and which of them may move.
#pragma once

#include "elf/image/new_symbols.h"
#include "elf/image/room.h"
#include "elf/image/view.h"

#include <string>
#include <vector>

namespace linkname::elf {

/// One of them, or several that stay side by side.
struct Table {
  Piece piece;
  std::uint64_t offset = 0;            ///< in the file, of `piece.address`
  std::vector<std::uint32_t> sections; ///< ascending by address
  std::string contents;                ///< from now on; empty while they stay
  bool changes = false;
};

struct Tables {
  std::vector<Table> all; ///< by address
  Space space;
};

/// The tables with what `symbols` makes of them, and the room there is. `end_of_file`: where the file will end, other
/// changes included. Refuses, by name, what cannot be kept right: formats of machines that link tables together in ways
/// of their own, prelinked images, packed relocations that hold indices which change.
template <class ELFT>
Result<Tables> find_tables(const ImageView<ELFT> &view, const NewSymbols<ELFT> &symbols, std::uint64_t end_of_file);

/// The address that a place in one of the old tables has now; others stay.
std::uint64_t moved_address(const Tables &tables, const Room &room, std::uint64_t address);

/// Whether a tag of the dynamic section holds the address of one of these tables.
bool leads_to_table(std::int64_t tag);

} // namespace linkname::elf
