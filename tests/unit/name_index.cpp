// plan/name_index.h: exactly the symbols that bear a wanted name.
#include "plan/name_index.h"
#include "support.h"
#include "support_facts.h"

#include <map>

using namespace linkname;
using namespace linkname::plan;
using namespace linkname::test;

namespace {

std::vector<std::uint32_t> found(const NameIndex &index, std::string_view name) {
  const auto positions = index[name];
  return {positions.begin(), positions.end()};
}

} // namespace

TEST_CASE("versions of ELF names") {
  CHECK(without_version("foo@@V2") == "foo");
  CHECK(without_version("foo@V1") == "foo");
  CHECK(without_version("foo") == "foo");
  CHECK(without_version("@feat.00") == "@feat.00");
  CHECK(version_of("foo@@V2") == "@@V2");
  CHECK(version_of("foo").empty());
  CHECK(version_of("@feat.00").empty());
}

TEST_CASE("a versioned symbol is found under both names, in ELF only") {
  Facts facts;
  add_symbol(facts, "foo@@V2");
  add_symbol(facts, "foo@V1");
  add_symbol(facts, "foo");
  WantedNames wanted;
  wanted.want("foo");
  wanted.want("foo@V1");
  CHECK(found(NameIndex(wanted, facts), "foo") == std::vector<std::uint32_t>{1, 2, 3});
  CHECK(found(NameIndex(wanted, facts), "foo@V1") == std::vector<std::uint32_t>{2});
  facts.format = Format::coff;
  CHECK(found(NameIndex(wanted, facts), "foo") == std::vector<std::uint32_t>{3});
}

TEST_CASE("names that nobody wants are not found") {
  Facts facts;
  add_symbol(facts, "foo");
  add_symbol(facts, "bar");
  add_symbol(facts, "file.c").kind = Kind::file;
  WantedNames wanted;
  wanted.want("foo");
  wanted.want("file.c");
  const NameIndex index(wanted, facts);
  CHECK(found(index, "bar").empty());
  CHECK(found(index, "fo").empty());
  CHECK(found(index, "file.c").empty());
  CHECK(found(index, "").empty());
}

TEST_CASE("the index agrees with looking at every symbol") {
  Random random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> names;
    for (std::uint64_t left = random.up_to(60); left > 0; --left)
      names.push_back(random.word("ab@", 4));
    Facts facts;
    facts.symbols.push_back({.name = {}});
    for (const std::string &name : names)
      add_symbol(facts, name);
    std::map<std::string, std::vector<std::uint32_t>> expected;
    WantedNames wanted;
    for (int i = 0; i < 10; ++i) {
      const auto entry = expected.try_emplace(random.word("ab@", 4)).first; // its key outlives `wanted`
      const std::string &name = entry->first;
      wanted.want(name);
      entry->second.clear();
      for (std::uint32_t at = 0; at < facts.symbols.size(); ++at)
        if (facts.symbols[at].named() &&
            (facts.symbols[at].name == name || without_version(facts.symbols[at].name) == name))
          entry->second.push_back(at);
    }
    const NameIndex index(wanted, facts);
    for (const auto &[name, positions] : expected)
      REQUIRE(found(index, name) == positions);
  }
}
