// The sum of a PE image is the same in one piece and in many, whatever their lengths.
#include "support.h"

#include "coff/image/checksum.h"

#include <string>

using namespace linkname;

TEST_CASE("a sum of words with carries, and the length") {
  coff::ImageChecksum sum;
  sum.add(std::string_view("\x01\x02\xff\xff\xff\xff\x03", 7)); // 0x0201 + 0xffff + 0xffff + 3, carries added in
  CHECK(sum.sum() == 0x0204 + 7);
}

TEST_CASE("pieces of any length, and what splices make of a file") {
  std::string file;
  for (int i = 0; i < 1001; ++i)
    file += static_cast<char>(i * 37 + i / 7);
  coff::ImageChecksum whole;
  whole.add(file);
  for (std::size_t step : {1U, 2U, 3U, 5U, 64U, 333U}) {
    coff::ImageChecksum pieces;
    for (std::size_t at = 0; at < file.size(); at += step)
      pieces.add(std::string_view(file).substr(at, step));
    CHECK(pieces.sum() == whole.sum());
  }
  const Splices splices = {{.offset = 3, .old_length = 2, .bytes = "three"},
                           {.offset = 500, .old_length = 7, .bytes = ""}};
  coff::ImageChecksum after;
  after.add(apply_splices(file, splices));
  CHECK(coff::image_checksum(file, splices) == after.sum());
}

TEST_CASE("the field itself counts as 0") {
  const std::string file = "MZ  \x12\x34\x56\x78  rest";
  const std::string zeroed = std::string("MZ  \0\0\0\0  rest", 14);
  coff::ImageChecksum expected;
  expected.add(zeroed);
  CHECK(coff::image_checksum(file, 4) == expected.sum());
}
