// plan/selector.h: what people write finds the symbols that they mean.
#include "plan/selector.h"
#include "support.h"
#include "support_facts.h"

using namespace linkname;
using namespace linkname::plan;
using namespace linkname::test;

namespace {

/// What `text` selects, with an index that was asked for all of its readings.
Matches selected(std::string_view text, const Subject &subject) {
  WantedNames wanted;
  for (const Selector &reading : Readings(text))
    wanted.want(reading.name);
  return select(text, subject, NameIndex(wanted, *subject.facts));
}

bool selects(std::string_view text, const Subject &subject, MatchKind kind, std::vector<std::uint32_t> positions) {
  const Matches matches = selected(text, subject);
  return matches.kind == kind && matches.positions == positions;
}

} // namespace

TEST_CASE("readings split at the first colon that stands alone") {
  const auto split = [](std::string_view text) {
    std::string result;
    for (const Selector &reading : Readings(text))
      result.append("[").append(reading.qualifier).append("|").append(reading.name).append("]");
    return result;
  };
  CHECK(split("foo") == "[|foo]");
  CHECK(split("a.c:foo") == "[|a.c:foo][a.c|foo]");
  CHECK(split("#12:foo") == "[|#12:foo][#12|foo]");
  CHECK(split("ns::f") == "[|ns::f]");
  CHECK(split("a.cpp:ns::f(int)") == "[|a.cpp:ns::f(int)][a.cpp|ns::f(int)]");
  CHECK(split("a:b:c") == "[|a:b:c][a|b:c]");
  CHECK(split(":foo") == "[|:foo]");
  CHECK(split("foo:") == "[|foo:]");
  CHECK(split("") == "[|]");
}

TEST_CASE("exact names, sources and indices") {
  Facts facts;
  facts.sources = {{}, "src/one.c", "two.c"};
  add_symbol(facts, "helper", Binding::local).source = 1; // 1
  add_symbol(facts, "helper", Binding::local).source = 2; // 2
  add_symbol(facts, "other");                             // 3
  const Subject subject{.file = "lib/thing.o", .facts = &facts};
  CHECK(selects("other", subject, MatchKind::name, {3}));
  CHECK(selects("helper", subject, MatchKind::name, {1, 2}));
  CHECK(selects("one.c:helper", subject, MatchKind::name, {1}));
  CHECK(selects("src/one.c:helper", subject, MatchKind::name, {1}));
  CHECK(selects("two.c:helper", subject, MatchKind::name, {2}));
  CHECK(selects("#2:helper", subject, MatchKind::name, {2}));
  CHECK(selects("thing.o:other", subject, MatchKind::name, {3}));
  CHECK(selects("lib/thing.o:helper", subject, MatchKind::name, {1, 2}));
  for (const std::string_view none :
       {"#3:helper", "#2x:helper", "#:helper", "ne.c:helper", "three.c:helper", "hing.o:other", "help", "helperx", ""})
    CHECK(selected(none, subject).positions.empty());
}

TEST_CASE("a name with a colon in it is found before it is split") {
  Facts facts;
  add_symbol(facts, "a.c:foo");
  add_symbol(facts, "foo");
  facts.sources = {{}, "a.c"};
  facts.symbols[2].source = 1;
  const Subject subject{.file = "x.o", .facts = &facts};
  CHECK(selects("a.c:foo", subject, MatchKind::name, {1}));
}

TEST_CASE("demangled names: one entity with parameters, overloads without") {
  Facts facts;
  add_symbol(facts, "_ZN2ns1fEi");            // 1: ns::f(int)
  add_symbol(facts, "_ZN2ns1fEPKc");          // 2: ns::f(char const*)
  add_symbol(facts, "_ZN12_GLOBAL__N_11fEi"); // 3: (anonymous namespace)::f(int)
  add_symbol(facts, "_ZZN2ns1fEiE5count");    // 4: ns::f(int)::count
  add_symbol(facts, "_ZN2nsL5tableE");        // 5: ns::table
  add_symbol(facts, "_ZN2ns1gIiEEvT_");       // 6: void ns::g<int>(int)
  const Subject subject{.file = "x.o", .facts = &facts};
  CHECK(selects("ns::f(int)", subject, MatchKind::signature, {1}));
  CHECK(selects("ns::f( const char* )", subject, MatchKind::none, {}));
  CHECK(selects("ns::f(char const *)", subject, MatchKind::signature, {2}));
  CHECK(selects("ns::f", subject, MatchKind::function, {1, 2}));
  CHECK(selects("(anonymous namespace)::f(int)", subject, MatchKind::signature, {3}));
  CHECK(selects("(anonymous namespace)::f", subject, MatchKind::function, {3}));
  CHECK(selects("ns::f(int)::count", subject, MatchKind::signature, {4}));
  CHECK(selects("ns::table", subject, MatchKind::signature, {5}));
  CHECK(selects("ns::g<int>", subject, MatchKind::function, {6}));
  CHECK(selects("ns::h", subject, MatchKind::none, {}));
  CHECK(selects("f", subject, MatchKind::none, {}));
}

TEST_CASE("wildcards over symbol names and over demangled ones") {
  Facts facts;
  add_symbol(facts, "sqlite3VdbeOpen");  // 1
  add_symbol(facts, "sqlite3VdbeClose"); // 2
  add_symbol(facts, "sqlite3Btree");     // 3
  add_symbol(facts, "_ZN2ns1fEi");       // 4
  facts.sources = {{}, "vdbe.c"};
  facts.symbols[2].source = 1;
  const Subject subject{.file = "x.o", .facts = &facts};
  CHECK(selects("sqlite3Vdbe*", subject, MatchKind::wildcard, {1, 2}));
  CHECK(selects("*Open", subject, MatchKind::wildcard, {1}));
  CHECK(selects("vdbe.c:sqlite3*", subject, MatchKind::wildcard, {2}));
  CHECK(selects("ns::*", subject, MatchKind::wildcard, {4}));
  CHECK(selected("nothing*", subject).positions.empty());
}

TEST_CASE("a symbol that is called like a wildcard is meant itself") {
  Facts facts;
  add_symbol(facts, "f*");
  add_symbol(facts, "foo");
  const Subject subject{.file = "x.o", .facts = &facts};
  CHECK(selects("f*", subject, MatchKind::name, {1}));
}
