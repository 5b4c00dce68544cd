// base/leb128.h: numbers survive the way there and back, and damaged ones are noticed.
#include "base/leb128.h"
#include "support.h"

#include <vector>

using namespace linkname;
using namespace linkname::test;

TEST_CASE("every number comes back, and what follows it is left alone") {
  std::vector<std::uint64_t> numbers = {0, 1, 63, 64, 127, 128, 129, 16383, 16384, UINT32_MAX, UINT64_MAX};
  for (unsigned bit = 0; bit < 64; ++bit)
    for (const std::uint64_t nearby : {std::uint64_t{0}, std::uint64_t{1}, UINT64_MAX})
      numbers.push_back((std::uint64_t{1} << bit) + nearby);
  for (const std::uint64_t number : numbers) {
    std::string bytes;
    append_unsigned_leb128(bytes, number);
    bytes += "rest";
    Bytes left = bytes;
    REQUIRE(take_unsigned_leb128(left) == number);
    REQUIRE(left == "rest");
  }
}

TEST_CASE("the examples of the DWARF standard") {
  const auto encoded = [](std::uint64_t value) {
    std::string bytes;
    append_unsigned_leb128(bytes, value);
    return bytes;
  };
  CHECK(encoded(2) == "\x02");
  CHECK(encoded(127) == "\x7f");
  CHECK(encoded(128) == raw("\x80\x01"));
  CHECK(encoded(129) == raw("\x81\x01"));
  CHECK(encoded(12857) == raw("\xb9\x64"));
}

TEST_CASE("padding is no damage") {
  Bytes padded = raw("\x81\x80\x80\x00z");
  CHECK(take_unsigned_leb128(padded) == 1);
  CHECK(padded == "z");
  Bytes longer_than_64_bits = raw("\x81\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x00");
  CHECK(take_unsigned_leb128(longer_than_64_bits) == 1);
}

TEST_CASE("cut off, or too large for 64 bits") {
  for (Bytes bytes :
       {raw(""), raw("\x80"), raw("\xff\xff\xff\xff\xff\xff\xff\xff\xff"),
        raw("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"), raw("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01")})
    CHECK_FALSE(take_unsigned_leb128(bytes));
  Bytes largest = raw("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01");
  CHECK(take_unsigned_leb128(largest) == UINT64_MAX);
}
