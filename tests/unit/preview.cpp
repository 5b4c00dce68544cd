// base/preview.h: what is looked at before it is written is the input with the splices applied, and what was written
// is held against the same list.
#include "base/preview.h"
#include "base/verify_copy.h"
#include "support.h"

#include <fstream>

using namespace linkname;
using namespace linkname::test;

namespace {

constexpr std::uint64_t page = 4096;
constexpr std::uint64_t size = (20U << 20U) + 77;

struct Input {
  Input() : bytes(size, '\0') {
    Random random(11);
    for (char &byte : bytes)
      byte = static_cast<char>(random.up_to(255));
    std::ofstream(folder.path / "input", std::ios::binary) << bytes;
    file = MappedFile::open(folder.path / "input").value();
  }
  Folder folder;
  std::string bytes;
  std::shared_ptr<const MappedFile> file;
};

Splices ordered(Splices splices) {
  REQUIRE(put_in_order(splices, size));
  return splices;
}

} // namespace

TEST_CASE("a preview is the input with the splices applied") {
  const Input input;
  Random random(3);
  for (int round = 0; round < 30; ++round) {
    CAPTURE(round);
    Splices splices;
    // Fields here and there, then something that grows by whole pages or by less, and more fields behind it.
    for (std::uint64_t at = random.up_to(1000); at < size - 200'000; at += 100 + random.up_to(3U << 20U))
      splices.push_back({.offset = at, .old_length = 40, .bytes = std::string(40, 'f')});
    const std::uint64_t growth = round % 2 == 0 ? (1 + random.up_to(4)) * page : 1 + random.up_to(9999);
    splices.push_back(
        {.offset = size - 100'000, .old_length = 0, .bytes = std::string(static_cast<std::size_t>(growth), 'g')});
    splices.push_back({.offset = size - 8, .old_length = 8, .bytes = "end"});
    const Splices list = ordered(std::move(splices));
    const std::optional<Preview> preview = Preview::create(*input.file, list);
    REQUIRE(preview);
    const std::string expected = apply_splices(input.bytes, list);
    CHECK(preview->bytes() == expected);
    CHECK(verify_splices(input.bytes, list, expected));
  }
}

TEST_CASE("no preview where most of a large file moves by a part of a page") {
  const Input input;
  CHECK_FALSE(Preview::create(*input.file, {{.offset = 10, .old_length = 0, .bytes = "x"}}));
  CHECK(Preview::create(*input.file, {{.offset = 10, .old_length = 0, .bytes = std::string(page, 'x')}}));
  CHECK(Preview::create(*input.file, {{.offset = 10, .old_length = 1, .bytes = "x"}}));
}

TEST_CASE("what was written in another way than the splices say is noticed") {
  const Input input;
  const Splices list = ordered({{.offset = 500, .old_length = 4, .bytes = "abcd"},
                                {.offset = 70'000, .old_length = 0, .bytes = std::string(300, 'n')}});
  const std::string good = apply_splices(input.bytes, list);
  REQUIRE(verify_splices(input.bytes, list, good));
  const auto fails_with = [&](std::string bytes) { CHECK_FALSE(verify_splices(input.bytes, list, bytes)); };
  for (const std::size_t at : {0UL, 499UL, 500UL, 503UL, 504UL, 70'000UL, 70'150UL, 70'299UL, 70'300UL, size + 299}) {
    CAPTURE(at);
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    fails_with(bad);
  }
  fails_with(good.substr(0, good.size() - 1));
  fails_with(good + "x");
  fails_with(std::string());
}
