// base/byte_search.h against the library's own search, on random bytes of a small alphabet, where names nearly occur.
#include "support.h"

#include "base/byte_search.h"

#include <algorithm>

using namespace linkname;
using linkname::test::Random;

TEST_CASE("a name is found exactly where find() finds it") {
  Random random(11);
  for (int round = 0; round < 4000; ++round) {
    std::string bytes = random.word("ab", 400);
    std::vector<std::string> names;
    for (std::uint64_t i = 0; i <= random.up_to(3); ++i)
      names.push_back(std::string("a").append(random.word("ab", 14)));
    // Anywhere, the ends and the borders of blocks included.
    if (random.coin() && bytes.size() > names.front().size())
      bytes.replace(static_cast<std::size_t>(random.up_to(bytes.size() - names.front().size())), names.front().size(),
                    names.front());
    ByteSearch search;
    for (const std::string &name : names)
      search.add(name);
    const bool expected =
        std::ranges::any_of(names, [&](const std::string &name) { return bytes.find(name) != std::string::npos; });
    CAPTURE(bytes);
    REQUIRE(search.any_in(bytes) == expected);
  }
}

TEST_CASE("a name at every place of some blocks") {
  const std::string name = "needle";
  ByteSearch search;
  search.add("another");
  search.add(name);
  for (std::size_t length = 0; length < 300; length += 7)
    for (std::size_t at = 0; at + name.size() <= length; ++at) {
      std::string bytes(length, 'n');
      bytes.replace(at, name.size(), name);
      REQUIRE(search.any_in(bytes));
      bytes[at + name.size() - 1] = 'n';
      REQUIRE_FALSE(search.any_in(bytes));
    }
}

TEST_CASE("short and many names are not worth it") {
  ByteSearch few;
  few.add("four");
  CHECK(few.is_worth_it());
  ByteSearch many = few;
  for (std::size_t i = 0; i < ByteSearch::most; ++i)
    many.add("name" + std::to_string(i));
  CHECK_FALSE(many.is_worth_it());
  few.add("two");
  CHECK_FALSE(few.is_worth_it());
}
