// Where an ELF image's tables find room, and the hash functions by which loaders look names up.
#include "elf/image/hashes.h"
#include "elf/image/room.h"

#include "support.h"

using namespace linkname::elf;

namespace {

/// A table at `address` whose size goes from `before` to `now`.
Piece piece(std::uint64_t address, std::uint64_t before, std::uint64_t now, bool may_leave = true) {
  return {.address = address, .old_size = before, .size = now, .alignment = 8, .may_leave = may_leave};
}

/// Three tables from 0x100 to 0x400, the segment's end, with what may lie behind.
std::vector<Piece> three(std::uint64_t growth) {
  return {piece(0x100, 0x100, 0x100 + growth), piece(0x200, 0x80, 0x80), piece(0x280, 0x180, 0x180, false)};
}

Space space(std::uint64_t tail, std::uint64_t tail_if_grown) {
  return {.free = {{.start = 0x100, .end = 0x400}},
          .tail = {.start = 0x400, .end = 0x400 + tail},
          .tail_if_grown = 0x400 + tail_if_grown,
          .page = 0x1000,
          .new_segment = 0x9000,
          .next_header = Span{.start = 0x100, .end = 0x138}};
}

} // namespace

TEST_CASE("hashes of names are those that other tools compute") {
  CHECK(gnu_hash("") == 5381);
  CHECK(gnu_hash("printf") == 0x156b2bb8);
  CHECK(gnu_hash("syscall") == 0xbac212a0);
  CHECK(both_hashes("").sysv == 0);
  CHECK(both_hashes("printf").sysv == 0x077905a6);
  CHECK(both_hashes("syscall").sysv == 0x0b09985c);
}

TEST_CASE("tables that fit stay where they are") {
  const std::optional<Room> room = find_room(three(0), space(0, 0));
  REQUIRE(room);
  CHECK(room->source == Source::in_place);
  CHECK(room->addresses == std::vector<std::uint64_t>{0x100, 0x200, 0x280});
  CHECK(room->segment_end == 0x400);
}

TEST_CASE("tables close ranks into what lies behind their segment") {
  const std::optional<Room> room = find_room(three(0x20), space(0x40, 0x40));
  REQUIRE(room);
  CHECK(room->source == Source::tail);
  CHECK(room->addresses == std::vector<std::uint64_t>{0x100, 0x220, 0x2a0});
  CHECK(room->segment_end == 0x420);
}

TEST_CASE("pages are put into the file before a segment is") {
  const std::optional<Room> room = find_room(three(0x60), space(0x40, 0x800));
  REQUIRE(room);
  CHECK(room->source == Source::grown_tail);
  CHECK(room->segment_end == 0x460);
}

TEST_CASE("of the tables that may leave, the smallest that is enough goes into a segment of its own") {
  const std::optional<Room> room = find_room(three(0x40), space(0, 0));
  REQUIRE(room);
  CHECK(room->source == Source::new_segment);
  CHECK(room->addresses == std::vector<std::uint64_t>{0x138, 0x9000, 0x278});
  CHECK(room->new_segment_size == 0x80);
  CHECK(room->segment_end == 0x400);
}

TEST_CASE("a table that is longer than all before its new place does not reach into what it has left") {
  const std::optional<Room> room = find_room(three(0x4000), space(0, 0));
  REQUIRE(room);
  CHECK(room->source == Source::new_segment);
  CHECK(room->segment_end == 0x400);
}

TEST_CASE("a segment costs less than a large page") {
  Space large = space(0, 0x8000);
  large.page = 0x10000;
  const std::optional<Room> room = find_room(three(0x40), large);
  REQUIRE(room);
  CHECK(room->source == Source::new_segment);
  large.next_header.reset();
  const std::optional<Room> without_header = find_room(three(0x40), large);
  REQUIRE(without_header);
  CHECK(without_header->source == Source::grown_tail);
}

TEST_CASE("where there is no room there is none") {
  Space none = space(0, 0);
  none.next_header.reset();
  CHECK_FALSE(find_room(three(0x20), none));
  // What stands behind the program headers does not move, so there cannot be one more.
  Space fixed = space(0, 0);
  fixed.next_header = Span{.start = 0x40, .end = 0x78};
  CHECK_FALSE(find_room(three(0x20), fixed));
}

TEST_CASE("what is fixed between two tables keeps its place") {
  const std::vector<Piece> pieces = {piece(0x100, 0x80, 0x80), piece(0x200, 0x100, 0x110)};
  Space parts = space(0x20, 0x20);
  parts.free = {{.start = 0x100, .end = 0x180}, {.start = 0x200, .end = 0x300}};
  parts.next_header.reset();
  CHECK_FALSE(find_room(pieces, parts)); // the second cannot leave for the tail, which is too small
  parts.tail.end = 0x600;
  const std::optional<Room> in_tail = find_room(pieces, parts);
  REQUIRE(in_tail);
  CHECK(in_tail->addresses == std::vector<std::uint64_t>{0x100, 0x400});
}
