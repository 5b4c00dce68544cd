// Where the loader's tables of an image find room when they grow. What code or data can see stays where it is mapped;
// only tables that the loader reads through the dynamic section and the program headers may move, best within the space
// that they have, else behind the segment in its last page, else into a segment of their own at the end.
//
// All places here are addresses. Within a segment the file follows them.
#pragma once

#include <linkname/error.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace linkname::elf {

/// A table that may move, or several that have to stay side by side.
struct Piece {
  std::uint64_t address = 0;
  std::uint64_t old_size = 0;
  std::uint64_t size = 0; ///< from now on
  std::uint64_t alignment = 1;
  bool may_leave = false; ///< into another place than the space around it: the tables of symbols, but not notes

  [[nodiscard]] std::uint64_t old_end() const { return address + old_size; }
};

struct Span {
  std::uint64_t start = 0;
  std::uint64_t end = 0;

  [[nodiscard]] std::uint64_t size() const { return end - start; }
};

/// What may be used, around and between the pieces.
struct Space {
  std::vector<Span> free;          ///< ascending; the places of the pieces, and padding between them
  Span tail;                       ///< behind the end of the segment, in the file as well as in memory; may be empty
  std::uint64_t tail_if_grown = 0; ///< where `tail` could end if pages were put into the file there
  std::uint64_t page = 0x1000;     ///< by which the file grows then
  std::uint64_t new_segment = 0;   ///< the address that a segment of its own would have
  /// The first byte behind the program headers, and the size of one more; nothing where that cannot be had.
  std::optional<Span> next_header;
};

enum class Source : std::uint8_t {
  in_place,    ///< nothing grows
  tail,        ///< the segment grows into what pads its last page
  grown_tail,  ///< the same, and the file by a page
  new_segment, ///< the file grows by what moves there
};

struct Room {
  Source source = Source::in_place;
  std::vector<std::uint64_t> addresses; ///< beside the pieces
  std::uint64_t segment_end = 0;        ///< of what is used behind `tail.start`; `tail.start` where nothing is
  std::uint64_t new_segment_size = 0;
};

/// The free spans with what lies behind the segment's end, as one where they touch.
[[nodiscard]] std::vector<Span> with_tail(std::vector<Span> free, Span tail);

/// A place for each of `pieces`, which are in the order of their addresses. Nothing where there is none.
std::optional<Room> find_room(const std::vector<Piece> &pieces, const Space &space);

} // namespace linkname::elf
