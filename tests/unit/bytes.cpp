// base/bytes.h: no offset or length that a file can hold leads out of the bytes.
#include "base/bytes.h"
#include "support.h"

#include <cstdint>

using namespace linkname;
using namespace linkname::test;

constexpr std::uint64_t huge = UINT64_MAX;

TEST_CASE("slice gives what is all there and nothing else") {
  const Bytes bytes = "abcdef";
  for (std::uint64_t offset = 0; offset < 10; ++offset)
    for (std::uint64_t length = 0; length < 10; ++length) {
      const auto part = slice(bytes, offset, length);
      REQUIRE(part.has_value() == (offset + length <= bytes.size()));
      if (part)
        CHECK(*part == bytes.substr(offset, length));
    }
}

TEST_CASE("slice withstands sums that wrap around") {
  CHECK_FALSE(slice("abc", huge, 1));
  CHECK_FALSE(slice("abc", 1, huge));
  CHECK_FALSE(slice("abc", 2, huge - 1));
  CHECK_FALSE(slice("abc", huge, huge));
  CHECK(slice({}, 0, 0) == Bytes{});
}

TEST_CASE("c_string ends at its NUL, which has to be there") {
  const Bytes table = raw("\0foo\0\0bar");
  CHECK(c_string(table, 0) == "");
  CHECK(c_string(table, 1) == "foo");
  CHECK(c_string(table, 3) == "o");
  CHECK(c_string(table, 4) == "");
  CHECK(c_string(table, 5) == "");
  CHECK_FALSE(c_string(table, 6));
  CHECK_FALSE(c_string(table, 9));
  CHECK_FALSE(c_string(table, huge));
  CHECK_FALSE(c_string({}, 0));
}

TEST_CASE("align_up takes any alignment") {
  for (std::uint64_t alignment = 0; alignment < 20; ++alignment)
    for (std::uint64_t value = 0; value < 100; ++value) {
      const auto aligned = align_up(value, alignment);
      REQUIRE(aligned);
      const std::uint64_t unit = alignment == 0 ? 1 : alignment;
      CHECK(*aligned % unit == 0);
      CHECK(*aligned >= value);
      CHECK(*aligned - value < unit);
    }
}

TEST_CASE("align_up says so when there is no next multiple") {
  CHECK(align_up(huge, 1) == huge);
  CHECK(align_up(huge, 0) == huge);
  CHECK_FALSE(align_up(huge, 2));
  CHECK_FALSE(align_up(huge - 6, 8));
  CHECK(align_up(huge - 7, 8) == huge - 7);
  CHECK_FALSE(align_up(2, huge - 1) == huge);
  CHECK(align_up(2, huge) == huge);
  CHECK_FALSE(align_up(huge, huge - 1));
}
