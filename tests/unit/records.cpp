// records/decode.h, on records written here byte by byte: both byte orders, both pointer sizes, and every way in which
// one can be cut or damaged.
#include "records/decode.h"
#include "support.h"
#include "support_facts.h"

using namespace linkname;
using namespace linkname::test;

namespace {

struct Target {
  bool big_endian;
  std::uint8_t pointer_size;
};

constexpr Target targets[] = {{false, 8}, {false, 4}, {true, 8}, {true, 4}};

std::string number(std::uint64_t value, std::size_t size, bool big_endian) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i)
    bytes[big_endian ? size - 1 - i : i] = static_cast<char>(value >> (8 * i));
  return bytes;
}

struct Written {
  std::uint32_t magic = 0x314B4E4C;
  std::uint8_t version = 1;
  std::uint8_t flags = 0;
  std::string_view strings = raw("remote\0(local)\0a.c:7\0because\0");
  std::size_t size_change = 0;
};

std::string encoded(const Target &target, const Written &written = {}) {
  const std::size_t size = 8U + target.pointer_size + written.strings.size() + written.size_change;
  return number(written.magic, 4, target.big_endian) + static_cast<char>(written.version) +
         static_cast<char>(written.flags) + number(size, 2, target.big_endian) +
         std::string(target.pointer_size, '\0') + std::string(written.strings);
}

/// An object with the symbols 1 `local` (undefined) and 2 the section itself, and one section of records.
struct Object {
  Facts facts;

  Object(const Target &target, std::string_view bytes, std::vector<RecordPointer> pointers) {
    add_symbol(facts, "local").home = Home::undefined;
    Symbol &section = add_symbol(facts, "", Binding::local);
    section.kind = Kind::section;
    facts.record_sections.push_back({.bytes = bytes,
                                     .name = ".linkname",
                                     .pointer_size = target.pointer_size,
                                     .big_endian = target.big_endian,
                                     .pointers = std::move(pointers)});
  }
};

Status status_of(const Facts &facts) {
  const Result<std::vector<Record>> records = records::decode(facts);
  return records ? Status::done : records.error().status;
}

} // namespace

TEST_CASE("every field comes out, whatever the byte order and the pointer size") {
  for (const Target &target : targets) {
    const std::string one = encoded(target);
    const std::string bytes = one + std::string(3, '\0') + one + std::string(5, '\0');
    const Object object(target, bytes, {{.offset = 8, .symbol = 1}, {.offset = one.size() + 3 + 8, .symbol = 1}});
    const Result<std::vector<Record>> records = records::decode(object.facts);
    REQUIRE(records);
    REQUIRE(records->size() == 2);
    CHECK(records->front() == Record{.symbol = 1,
                                     .local = "local",
                                     .remote = "remote",
                                     .spelled = "(local)",
                                     .written_at = "a.c:7",
                                     .reason = "because",
                                     .place = ".linkname+0x0"});
    CHECK(records->back().place != ".linkname+0x0");
  }
}

TEST_CASE("a cut anywhere is damage, not a shorter record") {
  for (const Target &target : targets) {
    const std::string whole = encoded(target);
    for (std::size_t length = 1; length < whole.size(); ++length) {
      // A copy of its own, so that a sanitizer sees any step past the end.
      const std::string cut = whole.substr(0, length);
      const Object object(target, cut, {{.offset = 8, .symbol = 1}});
      CAPTURE(length);
      REQUIRE(status_of(object.facts) == Status::malformed);
    }
  }
}

TEST_CASE("any single damaged byte is survived") {
  for (const Target &target : targets) {
    const std::string whole = encoded(target) + encoded(target);
    for (std::size_t at = 0; at < whole.size(); ++at)
      for (const char value : {'\x00', '\x01', '\x7f', '\x80', '\xff'}) {
        std::string damaged = whole;
        damaged[at] = value;
        const Object object(target, damaged,
                            {{.offset = 8, .symbol = 1}, {.offset = whole.size() / 2 + 8, .symbol = 1}});
        const Status status = status_of(object.facts);
        REQUIRE((status == Status::done || status == Status::malformed || status == Status::refused));
      }
  }
}

TEST_CASE("what is not a record of this version is refused") {
  const Target target = targets[0];
  const std::vector<RecordPointer> pointers = {{.offset = 8, .symbol = 1}};
  const auto status = [&](const Written &written) {
    const std::string bytes = encoded(target, written);
    return status_of(Object(target, bytes, pointers).facts);
  };
  CHECK(status({}) == Status::done);
  CHECK(status({.magic = 0x314B4E4D}) == Status::malformed);
  CHECK(status({.version = 2}) == Status::malformed);
  CHECK(status({.version = 0}) == Status::malformed);
  CHECK(status({.flags = 2}) == Status::malformed);
  CHECK(status({.size_change = 1}) == Status::malformed);
  CHECK(status({.size_change = static_cast<std::size_t>(-60)}) == Status::malformed);
  CHECK(status({.strings = raw("only\0three\0strings\0")}) == Status::malformed);
  CHECK(status({.strings = raw("a\0b\0c\0no end")}) == Status::malformed);
  CHECK(status({.strings = raw("")}) == Status::malformed);

  // The other byte order's magic number.
  const std::string bytes = encoded(targets[2]);
  CHECK(status_of(Object(target, bytes, pointers).facts) == Status::malformed);
}

TEST_CASE("a newer version is told from damage") {
  const std::string bytes = encoded(targets[0], {.version = 9});
  const Result<std::vector<Record>> records = records::decode(Object(targets[0], bytes, {}).facts);
  REQUIRE_FALSE(records);
  CHECK(records.error().diagnostics.front().reason.find("version 9") != std::string::npos);
  CHECK_FALSE(records.error().diagnostics.front().hint.empty());
}

TEST_CASE("the pointer must lead to a symbol") {
  const Target target = targets[0];
  const std::string bytes = encoded(target);
  const auto status = [&](std::vector<RecordPointer> pointers) {
    return status_of(Object(target, bytes, std::move(pointers)).facts);
  };
  CHECK(status({}) == Status::malformed);
  CHECK(status({{.offset = 7, .symbol = 1}}) == Status::malformed);
  CHECK(status({{.offset = 8, .symbol = 99}}) == Status::malformed);
  CHECK(status({{.offset = 8, .symbol = 2, .addend = 4}}) == Status::refused);
}

TEST_CASE("a record by name needs no pointer") {
  const std::string bytes = encoded(targets[0], {.flags = 1, .strings = raw("remote\0other\0a.c:7\0\0")});
  const Result<std::vector<Record>> records = records::decode(Object(targets[0], bytes, {}).facts);
  REQUIRE(records);
  CHECK_FALSE(records->front().symbol);
  CHECK(records->front().local == "other");
  CHECK(records->front().reason.empty());
}

TEST_CASE("the platform's underscore goes before C-level names only") {
  const auto remote = [](std::string_view strings) {
    const std::string bytes = encoded(targets[0], {.strings = strings});
    Object object(targets[0], bytes, {{.offset = 8, .symbol = 1}});
    object.facts.name_prefix = '_';
    const Result<std::vector<Record>> records = records::decode(object.facts);
    REQUIRE(records);
    return records->front().remote;
  };
  CHECK(remote(raw("foo\0l\0w\0\0")) == "_foo");
  CHECK(remote(raw("\1foo\0l\0w\0\0")) == "foo");
  CHECK(remote(raw("?foo@@YAXXZ\0l\0w\0\0")) == "?foo@@YAXXZ");
  CHECK(remote(raw("\0l\0w\0\0")).empty());
}

TEST_CASE("section and offset lead to the symbol there, the spelled name deciding between several") {
  const auto symbol_for = [](std::string_view spelled, std::int64_t addend) -> std::string {
    const std::string strings = std::string(raw("remote\0")).append(spelled).append(raw("\0a.c:7\0\0"));
    const std::string bytes = encoded(targets[0], {.strings = strings});
    Object object(targets[0], bytes, {{.offset = 8, .symbol = 2, .addend = addend}});
    add_symbol(object.facts, "alone", Binding::local, 0x10);
    add_symbol(object.facts, "one", Binding::local, 0x20);
    add_symbol(object.facts, "twin", Binding::local, 0x20);
    add_symbol(object.facts, "_ZN2ns6memberEv", Binding::local, 0x30);
    add_symbol(object.facts, "exported", Binding::global, 0x30);
    add_symbol(object.facts, ".Llabel", Binding::local, 0x40);
    add_symbol(object.facts, "thumb", Binding::local, 0x51);
    add_symbol(object.facts, "same", Binding::local, 0x60);
    add_symbol(object.facts, "same", Binding::local, 0x60);
    add_symbol(object.facts, "old", Binding::global, 0x80);
    add_symbol(object.facts, "remote", Binding::global, 0x80); // as an earlier run has added it
    const Result<std::vector<Record>> records = records::decode(object.facts);
    return records ? records->front().local : "refused";
  };
  CHECK(symbol_for("(alone)", 0x10) == "alone");
  CHECK(symbol_for("(whatever)", 0x10) == "alone");
  CHECK(symbol_for("(one)", 0x20) == "one");
  CHECK(symbol_for("twin", 0x20) == "twin");
  CHECK(symbol_for("(neither)", 0x20) == "refused");
  CHECK(symbol_for("(ns::member<int>)", 0x30) == "_ZN2ns6memberEv");
  CHECK(symbol_for("(label)", 0x40) == "refused");
  CHECK(symbol_for("(thumb)", 0x50) == "thumb");
  CHECK(symbol_for("(same)", 0x60) == "refused");
  CHECK(symbol_for("(none)", 0x70) == "refused");
  CHECK(symbol_for("(renamed)", 0x80) == "old");
}
