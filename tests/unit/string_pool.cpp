// base/string_pool.h: new strings stand behind the old table, each once.
#include "base/string_pool.h"
#include "base/bytes.h"
#include "support.h"

using namespace linkname;
using namespace linkname;
using namespace linkname::test;

TEST_CASE("every string is found at its offset in the grown table") {
  const std::string old_table(raw("\0old\0"));
  StringPool pool(old_table.size());
  const auto foo = pool.add("foo");
  const auto barbar = pool.add("barbar");
  const auto again = pool.add("foo");
  REQUIRE(foo);
  REQUIRE(barbar);
  CHECK(foo == again);
  const std::string table = old_table + pool.added();
  CHECK(c_string(table, *foo) == "foo");
  CHECK(c_string(table, *barbar) == "barbar");
  CHECK(table.size() == old_table.size() + 4 + 7);
}

TEST_CASE("an unused pool adds nothing") { CHECK(StringPool(17).added().empty()); }

TEST_CASE("an offset that st_name cannot hold is refused, and nothing is added") {
  StringPool pool(UINT32_MAX - 10);
  CHECK(pool.add("short") == UINT32_MAX - 10);
  const std::string before = pool.added();
  CHECK_FALSE(pool.add("too long for it"));
  CHECK(pool.added() == before);
  CHECK_FALSE(StringPool(std::uint64_t{UINT32_MAX} + 1).add("x"));
}
