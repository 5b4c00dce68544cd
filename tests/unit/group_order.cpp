// macho/symbol_order.h: whatever is made local or added, the result is a permutation that keeps the three groups apart
// and moves no more than it has to.
#include "macho/symbol_order.h"
#include "support.h"

#include <algorithm>
#include <set>

using namespace linkname;
using namespace linkname::macho;
using namespace linkname::test;

TEST_CASE("groups stay groups, added symbols end the defined ones, and nothing moves without need") {
  Random random(7);
  for (int round = 0; round < 5000; ++round) {
    const Groups old{.locals = static_cast<std::uint32_t>(random.up_to(10)),
                     .defined = static_cast<std::uint32_t>(random.up_to(10)),
                     .undefined = static_cast<std::uint32_t>(random.up_to(10))};
    const std::uint32_t undefined_from = old.locals + old.defined;
    const std::uint32_t count = undefined_from + old.undefined;
    Plan plan;
    std::set<std::uint32_t> localized;
    std::uint32_t added = 0;
    for (std::uint32_t i = 0; i < undefined_from; ++i) {
      if (i >= old.locals && random.up_to(2) == 0) {
        plan.edits.push_back({.change = Change::localize, .symbol = i});
        localized.insert(i);
      }
      if (random.up_to(3) == 0) {
        plan.edits.push_back({.change = Change::add, .symbol = i, .name = "new"});
        ++added;
      }
    }
    const GroupOrder order(plan, count, old);

    REQUIRE(order.count() == count + added);
    REQUIRE(order.added() == added);
    const Groups now = order.groups().value_or(Groups{});
    REQUIRE(now.locals == old.locals + localized.size());
    REQUIRE(now.defined == old.defined - localized.size() + added);
    REQUIRE(now.undefined == old.undefined);
    REQUIRE(order.added_at() + added == now.locals + now.defined);

    std::set<std::uint32_t> places;
    for (std::uint32_t i = 0; i < added; ++i)
      places.insert(order.added_at() + i);
    std::size_t moved = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::uint32_t place = order(i);
      places.insert(place);
      moved += place == i ? 0U : 1U;
      const bool local = i < old.locals || localized.contains(i);
      const bool undefined = i >= undefined_from;
      REQUIRE((place < now.locals) == local);
      REQUIRE((place >= now.locals + now.defined) == undefined);
    }
    REQUIRE(places.size() == count + added); // no two in one place
    REQUIRE((places.empty() || *places.rbegin() == count + added - 1));
    std::size_t behind = 0;
    for (const std::uint32_t symbol : localized)
      behind += symbol >= now.locals ? 1U : 0U;
    REQUIRE(moved == 2 * behind + std::min(added, old.undefined));
  }
}

TEST_CASE("without groups nothing moves, and what is added ends the table") {
  Plan plan;
  plan.edits.push_back({.change = Change::localize, .symbol = 4});
  plan.edits.push_back({.change = Change::add, .symbol = 4, .name = "new"});
  const GroupOrder order(plan, 9, std::nullopt);
  CHECK_FALSE(order.moves_any());
  CHECK(order.added_at() == 9);
  CHECK(order.count() == 10);
  CHECK_FALSE(order.groups().has_value());
}
