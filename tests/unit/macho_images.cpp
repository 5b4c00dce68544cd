// lib/macho/image: the exports trie there and back, names in bind opcodes and chained fixups, and where tables go.
#include "macho/image/binds.h"
#include "macho/image/chained.h"
#include "macho/image/exports.h"
#include "macho/image/placement.h"
#include "support.h"

#include <map>
#include <string>
#include <vector>

using namespace linkname;
using namespace linkname::macho::image;
using namespace linkname::test;

namespace {

std::vector<Export> in_order(const std::map<std::string, std::string> &names) {
  std::vector<Export> exports;
  for (const auto &[name, payload] : names)
    exports.push_back({.name = name, .payload = payload});
  return exports;
}

/// Reads the trie of `names` back.
void check_round_trip(const std::map<std::string, std::string> &names) {
  const std::vector<Export> exports = in_order(names);
  const std::string trie = write_exports(exports);
  CHECK(trie.size() % 8 == 0);
  const Result<Exports> read = read_exports(trie);
  REQUIRE(read);
  CHECK(read->all == exports);
  for (const Export &one : exports)
    CHECK(read->find(one.name) != nullptr);
  CHECK(read->find("no such name") == nullptr);
}

} // namespace

TEST_CASE("a trie holds what it was made of") {
  CHECK(write_exports({}).empty());
  CHECK(read_exports("")->all.empty());
  check_round_trip({{"_a", std::string(raw("\0\x10"))}});
  check_round_trip({{"", "root"}, {"_a", "1"}, {"_ab", "2"}, {"_abc", "3"}, {"_b", "4"}, {"\xff", "5"}});
  check_round_trip({{"_long", std::string(300, 'x')}, {"_longer", std::string(20000, 'y')}});
}

TEST_CASE("a trie of many names, whose offsets take one to three bytes") {
  Random random(7);
  for (const std::size_t count : {3U, 40U, 700U, 9000U}) {
    std::map<std::string, std::string> names;
    while (names.size() < count)
      names.emplace(random.word("_abc", 12), std::string(1 + random.up_to(4), 'p'));
    check_round_trip(names);
  }
}

TEST_CASE("a damaged trie is refused") {
  const std::string trie = write_exports(in_order({{"_first", "1"}, {"_second", "2"}}));
  CHECK_FALSE(read_exports(raw("\0\1_a\0\0")));               // an edge back to the root
  CHECK_FALSE(read_exports(raw("\0\2_a\0\x0a_b\0\x0a\0\0"))); // two edges to one node
  CHECK_FALSE(read_exports(raw("\0\1\0\4\0\0")));             // an edge without a name
  CHECK_FALSE(read_exports(raw("\x7f\1")));
  for (std::size_t size = 1; size + 8 < trie.size(); ++size)
    CHECK_FALSE(read_exports(std::string_view(trie).substr(0, size)));
}

TEST_CASE("names may be longer together than the trie, but not without end") {
  std::map<std::string, std::string> names;
  for (std::size_t length = 1; length <= 2000; ++length) {
    names.emplace(std::string(length, 'a'), "p");
    if (length == 200)
      check_round_trip(names);
  }
  CHECK_FALSE(read_exports(write_exports(in_order(names))));
}

TEST_CASE("what an export says is read and written") {
  const Payload weak{.flags = 4, .address = 0x1234};
  REQUIRE(read_payload(write_payload(weak)));
  CHECK(read_payload(write_payload(weak))->is_weak());
  const Payload forwarded{.flags = 8, .address = 2, .other_name = "_there"};
  CHECK(read_payload(write_payload(forwarded))->other_name == "_there");
  CHECK(read_payload(write_payload({.flags = 0x10, .address = 1, .resolver = 7}))->resolver == 7);
  CHECK_FALSE(read_payload(raw("\0\1\1")));
  CHECK_FALSE(read_payload(raw("\x8\1_a")));
}

TEST_CASE("names in bind opcodes") {
  const Bytes stream = raw("\x11\x40_a\0\x51\x72\0\x90\x12\x90\x3e\x40_b\0\x90\0\0");
  const auto names = bound_names(stream, BindKind::ordinary);
  REQUIRE(names);
  REQUIRE(names->size() == 2);
  CHECK((*names)[0].name == "_a");
  CHECK((*names)[0].first_ordinal == 1);
  CHECK((*names)[0].last_ordinal == 2);
  CHECK((*names)[1].first_ordinal == -2);
  const auto rename = [](std::string_view name, std::int64_t) {
    return name == "_b" ? std::optional<std::string_view>("_other") : std::nullopt;
  };
  const auto renamed = renamed_binds(stream, BindKind::ordinary, rename);
  REQUIRE(renamed);
  REQUIRE(*renamed);
  CHECK((*renamed)->starts_with(raw("\x11\x40_a\0\x51\x72\0\x90\x12\x90\x3e\x40_other\0\x90\0")));
  CHECK((*renamed)->size() % 8 == 0);
  // One name from two libraries, of which one is to get another.
  CHECK_FALSE(renamed_binds(stream, BindKind::ordinary, [](std::string_view, std::int64_t ordinal) {
    return ordinal == 1 ? std::optional<std::string_view>("_x") : std::nullopt;
  }));
  CHECK_FALSE(bound_names(raw("\x40_a"), BindKind::ordinary));
  CHECK_FALSE(bound_names(raw("\x90"), BindKind::ordinary));
  CHECK_FALSE(bound_names(raw("\xf0"), BindKind::ordinary));
}

TEST_CASE("weak binds keep their order") {
  const Bytes stream = raw("\x40_a\0\x51\x72\0\x90\x40_c\0\x90\0");
  const auto to = [](std::string_view other) {
    return [other](std::string_view name, std::int64_t) { return name == "_a" ? std::optional(other) : std::nullopt; };
  };
  CHECK(renamed_binds(stream, BindKind::weak, to("_b")));
  CHECK_FALSE(renamed_binds(stream, BindKind::weak, to("_d")));
}

TEST_CASE("records of lazy binds") {
  const Bytes stream = raw("\x72\x10\x11\x40_a\0\x90\0\x72\x18\x11\x40_b\0\x90\0\0\0");
  const auto names = bound_names(stream, BindKind::lazy);
  REQUIRE(names);
  REQUIRE(names->size() == 2);
  CHECK((*names)[1].record == 9);
  CHECK((*names)[1].record_end == 18);
  CHECK((*names)[1].segment == 2);
  CHECK((*names)[1].offset == 0x18);
}

TEST_CASE("chained imports get names behind the others") {
  // version, starts, imports, symbols, one import of format 1, plain names; library 1, weak, name 1
  const Bytes fixups = raw("\0\0\0\0\x1c\0\0\0\x20\0\0\0\x24\0\0\0\1\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\1\3\0\0\0_a\0\0");
  const auto imports = chained_imports(fixups);
  REQUIRE(imports);
  REQUIRE(imports->size() == 1);
  CHECK(imports->front().name == "_a");
  CHECK(imports->front().ordinal == 1);
  CHECK(imports->front().weak);
  const auto renamed = renamed_chained_imports(
      fixups, [](std::string_view, std::int64_t) { return std::optional<std::string_view>("_longer"); });
  REQUIRE(renamed);
  REQUIRE(*renamed);
  const auto again = chained_imports(**renamed);
  REQUIRE(again);
  CHECK(again->front().name == "_longer");
  CHECK(again->front().weak);
  CHECK((*renamed)->substr(36).starts_with(fixups.substr(36)));
}

TEST_CASE("chained imports that are part of something else are not written") {
  const auto renames = [](Bytes fixups) {
    return renamed_chained_imports(
        fixups, [](std::string_view, std::int64_t) { return std::optional<std::string_view>("_longer"); });
  };
  // version, starts of no segment, imports, symbols, one import of format 1, plain names
  const Bytes over_header = raw("\0\0\0\0\x1c\0\0\0\0\0\0\0\x20\0\0\0\1\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\0_a\0");
  CHECK(chained_imports(over_header));
  CHECK_FALSE(renames(over_header));
  const Bytes over_starts = raw("\0\0\0\0\x1c\0\0\0\x1c\0\0\0\x20\0\0\0\1\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\0_a\0");
  CHECK(chained_imports(over_starts));
  CHECK_FALSE(renames(over_starts));
  // One segment, whose part is said to be of 16 bytes and reaches over the import.
  const Bytes over_part = raw("\0\0\0\0\x1c\0\0\0\x28\0\0\0\x2c\0\0\0\1\0\0\0\1\0\0\0\0\0\0\0"
                              "\1\0\0\0\x08\0\0\0\x10\0\0\0\0\0\0\0\0_a\0");
  CHECK(chained_imports(over_part));
  CHECK_FALSE(renames(over_part));
}

TEST_CASE("tables keep their order, and those in front of the first change stay") {
  const std::string file =
      std::string(16, 'c') + std::string(8, 'a') + std::string(10, 'b') + std::string(6, '\0') + std::string(8, 's');
  const std::vector<Table> tables = {
      {.kind = TableKind::strings, .name = "strings", .offset = 40, .size = 8},
      {.kind = TableKind::binds, .name = "binds", .offset = 16, .size = 8},
      {.kind = TableKind::exports, .name = "exports", .offset = 24, .size = 10},
  };
  const auto placed = place_tables(file, 16, tables, {{TableKind::exports, {.bytes = std::string(17, 'B')}}});
  REQUIRE(placed);
  CHECK(placed->tables[0].offset == 16);
  CHECK(placed->tables[1].offset == 24);
  CHECK(placed->tables[2].offset == 48);
  CHECK(placed->end == 56);
  CHECK(apply_splices(file, placed->splices) ==
        file.substr(0, 24) + std::string(17, 'B') + std::string(7, '\0') + std::string(8, 's'));
  // What two tables share cannot be moved.
  std::vector<Table> overlapping = tables;
  overlapping[0].offset = 32;
  CHECK_FALSE(place_tables(file, 16, overlapping, {{TableKind::exports, {.bytes = "x"}}}));
  // What was not there comes in front of what linkers have behind it.
  const std::vector<Table> without = {tables[0], tables[1], {.kind = TableKind::exports, .name = "exports"}};
  const auto added = place_tables(file, 16, without, {{TableKind::exports, {.bytes = std::string(8, 'E')}}});
  REQUIRE(added);
  CHECK(added->tables[1].table.kind == TableKind::unclaimed);
  CHECK(added->tables[2].table.kind == TableKind::exports);
}
