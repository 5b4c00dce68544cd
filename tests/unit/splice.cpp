// base/splice.h: what no splice names stays as it is, and is found where the offset map says.
#include "base/splice.h"
#include "support.h"

#include <algorithm>

using namespace linkname;
using namespace linkname::test;

namespace {

/// Disjoint splices of an input of `size` bytes. All new bytes are >= 0x80.
Splices random_splices(Random &random, std::size_t size) {
  Splices splices;
  std::size_t at = 0;
  while (true) {
    at += random.up_to(12);
    const std::size_t length = random.coin() ? 0 : random.up_to(9);
    if (at + length > size)
      return splices;
    splices.push_back({.offset = at, .old_length = length, .bytes = random.word("\x80\x81\x82\x83", 9)});
    at += length;
    if (length == 0 && random.coin()) // two insertions at one place
      splices.push_back({.offset = at, .old_length = 0, .bytes = random.word("\x90\x91", 3)});
  }
}

/// From the back to the front, as one would do it by hand.
std::string applied_one_by_one(std::string bytes, const Splices &ordered) {
  for (auto splice = ordered.rbegin(); splice != ordered.rend(); ++splice)
    bytes.replace(splice->offset, splice->old_length, splice->bytes);
  return bytes;
}

std::string numbered_bytes(std::size_t size) {
  std::string result;
  for (std::size_t i = 0; i < size; ++i)
    result += static_cast<char>(i);
  return result;
}

} // namespace

TEST_CASE("splices give the same as replacing by hand, and the map finds every kept byte") {
  Random random(1);
  for (int round = 0; round < 2000; ++round) {
    const std::string input = numbered_bytes(random.up_to(127));
    const Splices splices = random_splices(random, input.size());
    const std::string output = apply_splices(input, splices);
    REQUIRE(output == applied_one_by_one(input, splices));

    const OffsetMap map(splices);
    for (std::size_t i = 0; i < input.size(); ++i) {
      const bool replaced = std::ranges::any_of(
          splices, [&](const Splice &splice) { return splice.offset <= i && i - splice.offset < splice.old_length; });
      if (!replaced)
        REQUIRE(output.at(map(i)) == input[i]);
    }
    REQUIRE(map(input.size()) == output.size());
  }
}

TEST_CASE("without a splice nothing changes") {
  CHECK(apply_splices("abc", {}) == "abc");
  CHECK(apply_splices("", {}) == "");
  CHECK(OffsetMap({})(12345) == 12345);
}

TEST_CASE("put_in_order restores the order of the file") {
  Random random(2);
  for (int round = 0; round < 500; ++round) {
    const Splices ordered = random_splices(random, 100);
    // Splices at one place keep the order in which they were added, so only others may trade places.
    Splices shuffled = ordered;
    for (std::size_t i = 1; i < shuffled.size(); ++i)
      for (std::size_t j = i; j > 0 && shuffled[j - 1].offset != shuffled[j].offset && random.coin(); --j)
        std::swap(shuffled[j - 1], shuffled[j]);
    const bool kept = std::ranges::is_sorted(shuffled, {}, &Splice::offset);
    REQUIRE(put_in_order(shuffled, 100));
    REQUIRE(std::ranges::is_sorted(shuffled, {}, &Splice::offset));
    if (kept)
      REQUIRE(shuffled == ordered);
  }
}

TEST_CASE("insertions at one place stay in the order in which they were added") {
  Splices splices = {{4, 0, "second place"}, {1, 0, "a"}, {1, 0, "b"}, {1, 2, "c"}};
  REQUIRE(put_in_order(splices, 4));
  CHECK(apply_splices("0123", splices) == "0abc3second place");
}

TEST_CASE("put_in_order refuses what overlaps or is not there") {
  const auto refused = [](Splices splices, std::uint64_t size) {
    const Result<void> result = put_in_order(splices, size);
    return !result && result.error().status == Status::malformed;
  };
  CHECK(refused({{0, 4, ""}, {3, 1, ""}}, 10));
  CHECK(refused({{3, 1, ""}, {0, 4, ""}}, 10));
  CHECK(refused({{0, 4, ""}, {3, 0, "x"}}, 10));
  CHECK(refused({{11, 0, ""}}, 10));
  CHECK(refused({{9, 2, ""}}, 10));
  CHECK(refused({{1, UINT64_MAX, ""}}, 10));
  CHECK(refused({{UINT64_MAX, 1, ""}}, 10));
  CHECK_FALSE(refused({{0, 4, ""}, {4, 6, ""}, {10, 0, "end"}}, 10));
}

TEST_CASE("an offset at an insertion comes behind it, one inside shrunk bytes moves back") {
  const OffsetMap map({{2, 0, "xyz"}, {5, 3, ""}});
  CHECK(map(1) == 1);
  CHECK(map(2) == 5);
  CHECK(map(4) == 7);
  CHECK(map(8) == 8);
}

TEST_CASE("what is inserted at a place comes before what is replaced there, in whatever order they are given") {
  const std::string input = "abcdef";
  Splices splices = {{.offset = 2, .old_length = 2, .bytes = "CD"},
                     {.offset = 2, .old_length = 0, .bytes = "1"},
                     {.offset = 2, .old_length = 0, .bytes = "2"}};
  REQUIRE(put_in_order(splices, input.size()));
  CHECK(apply_splices(input, splices) == "ab12CDef");
}
