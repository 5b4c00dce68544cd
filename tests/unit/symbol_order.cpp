// base/symbol_order.h: whatever is made local, the result is a permutation that puts the locals first and moves no more
// than it has to.
#include "base/symbol_order.h"
#include "support.h"

#include <set>

using namespace linkname;
using namespace linkname::test;

TEST_CASE("localized symbols join the locals, and every other index moves only to make room") {
  Random random(5);
  for (int round = 0; round < 5000; ++round) {
    const auto size = static_cast<std::uint32_t>(1 + random.up_to(40));
    const auto first_global = static_cast<std::uint32_t>(1 + random.up_to(size - 1));
    Plan plan;
    std::set<std::uint32_t> localized;
    for (std::uint32_t i = size; i-- > first_global;) { // from the back: the order of the edits does not matter
      if (random.up_to(2) == 0) {
        plan.edits.push_back({.change = Change::localize, .symbol = i});
        localized.insert(i);
      }
      if (random.up_to(3) == 0)
        plan.edits.push_back({.change = Change::rename, .symbol = i, .name = "other"});
    }
    const SymbolOrder order(plan, first_global);

    REQUIRE(order.first_global() == first_global + localized.size());
    std::set<std::uint32_t> places;
    std::size_t moved = 0;
    for (std::uint32_t i = 0; i < size; ++i) {
      const std::uint32_t place = order(i);
      REQUIRE(place < size);
      places.insert(place);
      REQUIRE(order(place) == i);
      if (i < first_global)
        REQUIRE(place == i);
      else
        REQUIRE((place < order.first_global()) == localized.contains(i));
      moved += place == i ? 0U : 1U;
    }
    REQUIRE(places.size() == size);
    REQUIRE(order.moved().size() == moved);
    REQUIRE(order.moves_any() == (moved != 0));
    // A localized symbol behind the zone trades with one global that stands in it.
    std::size_t behind = 0;
    for (const std::uint32_t symbol : localized)
      behind += symbol >= order.first_global() ? 1U : 0U;
    REQUIRE(moved == 2 * behind);
  }
}

TEST_CASE("other changes move nothing") {
  Plan plan;
  for (const Change change : {Change::rename, Change::add, Change::visibility, Change::weaken})
    plan.edits.push_back({.change = change, .symbol = 7});
  const SymbolOrder order(plan, 5);
  CHECK(order.first_global() == 5);
  CHECK_FALSE(order.moves_any());
}
