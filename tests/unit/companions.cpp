// plan/companions.h: who follows whom.
#include "plan/companions.h"
#include "support.h"
#include "support_facts.h"

using namespace linkname;
using namespace linkname::plan;
using namespace linkname::test;

namespace {

std::vector<std::string> new_names(const Companions &companions, std::string_view name, Verb verb,
                                   std::string_view to) {
  std::vector<std::string> names;
  std::deque<std::string> written;
  for (const Wish &wish : companions.wishes(name, {.verb = verb, .name = to}, written))
    names.emplace_back(wish.name);
  return names;
}

} // namespace

TEST_CASE("what is made of a name follows it") {
  Facts facts;
  facts.format = Format::coff;
  for (const std::string_view name : {"x", ".refptr.x", "__imp_x", "__emutls_v.x", "__emutls_t.x",
                                      ".refptr.__emutls_v.x", "__imp_", "__imp_xx", ".text"})
    add_symbol(facts, name);
  const Companions companions(facts);
  CHECK(new_names(companions, "x", Verb::rename, "y") ==
        std::vector<std::string>{".refptr.y", "__imp_y", "__emutls_v.y", "__emutls_t.y", ".refptr.__emutls_v.y"});
  CHECK(new_names(companions, "x", Verb::alias, "y") == std::vector<std::string>{"__imp_y", "__emutls_v.y"});
  std::deque<std::string> written;
  CHECK(companions.wishes("x", {.verb = Verb::weaken}, written).size() == 1);
  CHECK(companions.wishes("x", {.verb = Verb::hide}, written).empty());
  CHECK(companions.wishes("y", {.verb = Verb::rename, .name = "z"}, written).empty());
  CHECK(companions.bearers("__imp_x") == std::vector<std::uint32_t>{3});
  CHECK(companions.bearers("__imp_y").empty());
  CHECK(companions.has_pointer("x"));
  CHECK(companions.has_pointer("__emutls_v.x"));
  CHECK(!companions.has_pointer("xx"));
}

TEST_CASE("on i386 the underscore stands where the compiler puts it") {
  Facts facts;
  facts.format = Format::coff;
  facts.name_prefix = '_';
  for (const std::string_view name : {"__imp__x", "___emutls_v.x", ".refptr._x", ".refptr.___emutls_v.x", "__imp_@f@8"})
    add_symbol(facts, name);
  const Companions companions(facts);
  CHECK(new_names(companions, "_x", Verb::rename, "_y") ==
        std::vector<std::string>{"__imp__y", "___emutls_v.y", ".refptr._y", ".refptr.___emutls_v.y"});
  CHECK(new_names(companions, "@f@8", Verb::rename, "@g@8") == std::vector<std::string>{"__imp_@g@8"});
  CHECK(companions.of("x").empty());
}

TEST_CASE("only COFF has them") {
  Facts facts;
  add_symbol(facts, "__imp_x");
  CHECK(Companions(facts).of("x").empty());
}
