// elf/relocations.h: the reader of compressed relocations, on bytes that Clang 19 wrote and on bytes written here.
#include "elf/relocations.h"
#include "support.h"

#include <vector>

using namespace linkname;
using namespace linkname::elf;
using namespace linkname::test;

namespace {

struct Read {
  std::vector<Relocation> relocations;
  bool damaged = false;
};

Read read(Bytes contents, bool is_64_bit) {
  Read result;
  CrelReader reader(contents, is_64_bit);
  while (const auto relocation = reader.next())
    result.relocations.push_back(*relocation);
  result.damaged = reader.damaged();
  return result;
}

void append_unsigned(std::string &bytes, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7U)
    bytes += static_cast<char>((value & 0x7fU) | 0x80U);
  bytes += static_cast<char>(value);
}

void append_signed(std::string &bytes, std::int64_t value) {
  for (; value < -64 || value > 63; value >>= 7)
    bytes += static_cast<char>((value & 0x7f) | 0x80);
  bytes += static_cast<char>(value & 0x7f);
}

/// The format from the writer's side. Offsets ascend and are multiples of 1 << shift.
std::string written(const std::vector<Relocation> &relocations, bool addends, unsigned shift) {
  std::string bytes;
  append_unsigned(bytes, relocations.size() * 8 + (addends ? 4 : 0) + shift);
  const unsigned flags = addends ? 3 : 2;
  Relocation last;
  for (const Relocation &now : relocations) {
    const std::uint64_t distance = (now.offset - last.offset) >> shift;
    const auto symbol = static_cast<std::int32_t>(now.symbol - last.symbol);
    const auto type = static_cast<std::int32_t>(now.type - last.type);
    const auto changes =
        static_cast<std::uint64_t>((symbol != 0 ? 1 : 0) | (type != 0 ? 2 : 0) | (now.addend != last.addend ? 4 : 0));
    if (distance < (0x80U >> flags)) {
      bytes += static_cast<char>(distance << flags | changes);
    } else {
      bytes += static_cast<char>(((distance << flags | changes) & 0x7fU) | 0x80U);
      append_unsigned(bytes, distance >> (7 - flags));
    }
    if (symbol != 0)
      append_signed(bytes, symbol);
    if (type != 0)
      append_signed(bytes, type);
    if (now.addend != last.addend)
      append_signed(bytes, now.addend - last.addend);
    last = now;
  }
  return bytes;
}

bool same(const Relocation &a, const Relocation &b) {
  return a.offset == b.offset && a.symbol == b.symbol && a.type == b.type && a.addend == b.addend;
}

} // namespace

TEST_CASE("what Clang 19 writes for x86-64") {
  const Read text = read("\x2c\x17\x04\x04\x7c\x3b\x01\x26\xeb\x01\x7f\x5a\x4b\x01\x26\x5b\x7f\x5a", true);
  REQUIRE_FALSE(text.damaged);
  REQUIRE(text.relocations.size() == 5);
  const Relocation expected[] = {
      {0x02, 4, 4, -4}, {0x09, 5, 42, -4}, {0x26, 4, 4, -4}, {0x2f, 5, 42, -4}, {0x3a, 4, 4, -4}};
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(same(text.relocations[i], expected[i]));
    CHECK(text.relocations[i].explicit_addend);
  }

  const Read data = read("\x1f\x03\x02\x01\x09\x02\x09\x7e", true);
  REQUIRE_FALSE(data.damaged);
  REQUIRE(data.relocations.size() == 3);
  CHECK(same(data.relocations[0], {0x00, 2, 1, 0}));
  CHECK(same(data.relocations[1], {0x08, 4, 1, 0}));
  CHECK(same(data.relocations[2], {0x10, 2, 1, 0}));
}

TEST_CASE("whatever is written is read back, and every cut is noticed") {
  Random random(6);
  for (int round = 0; round < 1000; ++round) {
    const bool addends = random.coin();
    const bool is_64_bit = random.coin();
    const auto shift = static_cast<unsigned>(random.up_to(3));
    std::vector<Relocation> relocations(random.up_to(12));
    std::uint64_t offset = 0;
    for (Relocation &relocation : relocations) {
      offset += random.up_to(random.coin() ? 20 : 100'000) << shift;
      relocation.offset = offset;
      relocation.symbol = static_cast<std::uint32_t>(random.up_to(random.coin() ? 3 : 1'000'000));
      relocation.type = static_cast<std::uint32_t>(random.up_to(300));
      if (addends)
        relocation.addend = static_cast<std::int64_t>(random.up_to(2'000'000)) - 1'000'000;
    }
    const std::string bytes = written(relocations, addends, shift);
    const Read whole = read(bytes, is_64_bit);
    REQUIRE_FALSE(whole.damaged);
    REQUIRE(whole.relocations.size() == relocations.size());
    for (std::size_t i = 0; i < relocations.size(); ++i) {
      REQUIRE(same(whole.relocations[i], relocations[i]));
      REQUIRE(whole.relocations[i].explicit_addend == addends);
    }
    for (std::size_t length = 0; length < bytes.size(); ++length)
      REQUIRE(read(Bytes(bytes).substr(0, length), is_64_bit).damaged);
  }
}

TEST_CASE("offsets wrap with the width of the class") {
  // 64-bit distance of -8 in two steps: there and back, as a writer does for unordered relocations.
  const std::vector<Relocation> unordered = {{0x10, 1, 1, 0}, {0x08, 1, 1, 0}};
  const std::string bytes = written(unordered, true, 0);
  CHECK(read(bytes, true).relocations.at(1).offset == 8);
  CHECK(read(bytes, false).relocations.at(1).offset == 8);
}

TEST_CASE("a count beyond the bytes ends at the end") {
  std::string bytes;
  append_unsigned(bytes, UINT64_MAX / 16 * 8);
  const Read result = read(bytes + std::string("\x03\x01\x01"), true);
  CHECK(result.damaged);
  CHECK(result.relocations.size() <= 1);
}

TEST_CASE("no bytes, no relocations") {
  CHECK(read({}, true).damaged);
  CHECK_FALSE(read(raw("\x00"), true).damaged);
  CHECK(read(raw("\x00"), true).relocations.empty());
}
