// base/name_table.h and base/word_store.h: names get numbers in their order, and words stay where they are.
#include "base/name_table.h"
#include "base/word_store.h"
#include "support.h"

#include <map>

using namespace linkname;
using namespace linkname::test;

TEST_CASE("a table of names agrees with a map") {
  Random random(3);
  for (const std::size_t expected : {0U, 1U, 500U}) {
    NameTable table(expected);
    std::vector<std::string> names;
    std::map<std::string, std::uint32_t> numbers;
    const auto is = [&](const std::string &name) {
      return [&](std::uint32_t number) { return names[number] == name; };
    };
    for (int i = 0; i < 2000; ++i) {
      const std::string name = random.word("abc", 7);
      const auto [known, is_new] = numbers.try_emplace(name, static_cast<std::uint32_t>(numbers.size()));
      const auto before = table.find(NameTable::hash_of(name), is(name));
      REQUIRE(before.has_value() == !is_new);
      const auto [number, added] = table.find_or_add(NameTable::hash_of(name), is(name));
      if (added)
        names.push_back(name);
      REQUIRE(added == is_new);
      REQUIRE(number == known->second);
    }
    REQUIRE(table.size() == numbers.size());
    for (const auto &[name, number] : numbers)
      REQUIRE(table.find(NameTable::hash_of(name), is(name)) == number);
  }
}

TEST_CASE("names of one hash are told apart by their text") {
  NameTable table;
  for (std::uint32_t i = 0; i < 100; ++i) {
    const auto [number, added] = table.find_or_add(7, [&](std::uint32_t other) { return other == i; });
    REQUIRE(added);
    REQUIRE(number == i);
  }
  CHECK(table.find(7, [](std::uint32_t other) { return other == 42; }) == 42);
  CHECK(!table.find(7, [](std::uint32_t) { return false; }));
  CHECK(!table.find(8, [](std::uint32_t) { return true; }));
}

TEST_CASE("words stay where they are, whatever comes behind them") {
  Random random(5);
  for (const std::size_t expected : {0U, 10U, 100000U}) {
    WordStore store(expected);
    std::vector<std::pair<std::string, std::string_view>> added;
    for (int i = 0; i < 1000; ++i) {
      const std::string first = random.word("abc", 40);
      const std::string second(random.up_to(20) == 0 ? 9000 : 0, 'x');
      added.emplace_back(first + second, store.add({first, second}));
    }
    for (const auto &[wanted, word] : added)
      REQUIRE(word == wanted);
  }
}

TEST_CASE("a word that comes again is kept once") {
  WordStore store;
  std::string_view last;
  const std::string text = "x.rules:1";
  const std::string_view first = store.add_or_share(text, last);
  CHECK(first.data() != text.data());
  CHECK(store.add_or_share(std::string("x.rules:1"), last).data() == first.data());
  CHECK(store.add_or_share("x.rules:2", last) == "x.rules:2");
  CHECK(first == "x.rules:1");
}
