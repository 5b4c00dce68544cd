// linkname/facts.h: symbols by index, in tables with and without gaps.
#include "support.h"
#include "support_facts.h"

using namespace linkname;
using namespace linkname::test;

TEST_CASE("symbol_at finds by index, whatever stands between") {
  Facts facts;
  for (const std::uint32_t index : {0U, 1U, 4U, 5U, 9U})
    facts.symbols.push_back({.name = {}, .index = index});
  for (std::uint32_t index = 0; index < 12; ++index) {
    const Symbol *const found = facts.symbol_at(index);
    const bool there = index == 0 || index == 1 || index == 4 || index == 5 || index == 9;
    REQUIRE((found != nullptr) == there);
    if (there)
      CHECK(found->index == index);
  }
  CHECK(facts.symbol_at(UINT32_MAX) == nullptr);
  CHECK(Facts{}.symbol_at(0) == nullptr);
}

TEST_CASE("sections and files have names that bind nothing") {
  Symbol symbol{.name = "x"};
  CHECK(symbol.named());
  symbol.kind = Kind::file;
  CHECK_FALSE(symbol.named());
  symbol.kind = Kind::section;
  CHECK_FALSE(symbol.named());
  CHECK_FALSE(Symbol{}.named());
}
