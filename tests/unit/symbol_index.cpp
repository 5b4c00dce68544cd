// container/symbol_index.h: each of the five forms, there and back, and what becomes of it when names change.
#include "support.h"

#include "container/symbol_index.h"

#include <algorithm>

using namespace linkname;
using namespace linkname::container;
using namespace linkname::test;

namespace {

const std::vector<std::uint64_t> headers = {8, 100, 0x1234, 0x100000};

/// `sorted` and `big_endian` as far as the form has them.
SymbolIndex sample(Role form, bool sorted = false, bool big_endian = false) {
  SymbolIndex index{.form = form, .sorted = sorted || form == Role::coff_index, .big_endian = big_endian};
  index.entries = {{"b_first", 1}, {"a", 1}, {"c", 3}};
  if (index.sorted)
    std::ranges::sort(index.entries, {}, &IndexEntry::name);
  if (form == Role::coff_index)
    index.listed = {1, 2, 3};
  return index;
}

Result<SymbolIndex> read(Role form, std::string_view contents, std::string_view name = "__.SYMDEF",
                         const std::vector<std::uint64_t> &places = headers) {
  return read_index({.form = form, .name = name, .contents = contents, .headers = places, .members = {}});
}

std::vector<std::string> listing(const SymbolIndex &index) {
  std::vector<std::string> result;
  for (const IndexEntry &entry : index.entries)
    result.push_back(std::string(entry.name) + "@" + std::to_string(entry.member));
  return result;
}

constexpr Role forms[] = {Role::gnu_index, Role::gnu_index_64, Role::coff_index, Role::bsd_index, Role::bsd_index_64};

} // namespace

TEST_CASE("there and back in every form") {
  for (const Role form : forms)
    for (const bool sorted : {false, true})
      for (const bool big_endian : {false, true}) {
        const SymbolIndex index = sample(form, sorted, big_endian);
        const Result<std::string> contents = written(index, headers);
        REQUIRE(contents);
        if (form != Role::bsd_index && form != Role::bsd_index_64)
          CHECK(contents->size() % 2 == 0);
        const Result<SymbolIndex> again = read(form, *contents, sorted ? "__.SYMDEF SORTED" : "__.SYMDEF");
        REQUIRE(again);
        CHECK(listing(*again) == listing(index));
        CHECK(again->listed == index.listed);
        if (form == Role::bsd_index || form == Role::bsd_index_64) {
          CHECK(again->sorted == sorted);
          CHECK(again->big_endian == big_endian);
        }
        CHECK(length_of(index) == contents->size());
        // The length says nothing about places.
        const std::vector<std::uint64_t> elsewhere = {8, 200, 300, 400};
        CHECK(written(index, elsewhere)->size() == contents->size());
      }
}

TEST_CASE("the bytes of GNU's and Microsoft's forms") {
  CHECK(*written(sample(Role::gnu_index), headers) == raw("\0\0\0\3\0\0\0\x64\0\0\0\x64\0\x10\0\0b_first\0a\0c\0"));
  CHECK(*written(sample(Role::coff_index), headers) ==
        raw("\3\0\0\0\x64\0\0\0\x34\x12\0\0\0\0\x10\0\3\0\0\0\1\0\1\0\3\0a\0b_first\0c\0"));
}

TEST_CASE("names padded or not stay so") {
  for (const bool padded : {false, true}) {
    SymbolIndex index = sample(Role::bsd_index);
    index.names_padded = padded;
    const std::string contents = *written(index, headers);
    CHECK(contents.size() == 4 + 24 + 4 + (padded ? 16 : 12));
    CHECK(length_of(index) == contents.size());
    CHECK(read(Role::bsd_index, contents)->names_padded == padded);
  }
}

TEST_CASE("a number that does not fit is refused") {
  const std::vector<std::uint64_t> far = {8, 100, 200, 0x100000000};
  for (const Role form : forms) {
    const bool wide = form == Role::gnu_index_64 || form == Role::bsd_index_64;
    CHECK(written(sample(form), far).has_value() == wide);
  }
}

TEST_CASE("damage") {
  for (const Role form : forms) {
    const std::string good = *written(sample(form), headers);
    CHECK(read(form, good));
    const std::vector<std::uint64_t> others = {8, 100, 0x1234};
    CHECK_FALSE(read(form, good, "__.SYMDEF", others)); // it speaks of a place where no member begins
    // Truncated anywhere but in the padding it is damaged, or empty by chance.
    for (std::size_t length = 0; length + 4 < good.size(); ++length)
      if (const Result<SymbolIndex> cut = read(form, std::string_view(good).substr(0, length)))
        CHECK(cut->entries.empty());
  }
  CHECK_FALSE(read(Role::gnu_index, raw("\xff\xff\xff\xff\0\0\0\x64")));
  CHECK_FALSE(read(Role::gnu_index_64, raw("\x20\0\0\0\0\0\0\0")));
  CHECK_FALSE(read(Role::coff_index, raw("\1\0\0\0\x64\0\0\0\1\0\0\0\0\0a\0"))); // numbers count from 1
  CHECK_FALSE(read(Role::coff_index, raw("\1\0\0\0\x64\0\0\0\1\0\0\0\2\0a\0")));
  CHECK_FALSE(read(Role::bsd_index, raw("\x08\0\0\0\x09\0\0\0\x64\0\0\0\2\0\0\0a\0"))); // the name is outside
}

TEST_CASE("changed names") {
  IndexChange change;
  change.renamed.emplace_back("b_first", "zz");
  change.removed.push_back("a");
  change.added = {"new"};
  IndexChange first_names;
  first_names.added = {"of_two"};
  const std::vector<const IndexChange *> names = {nullptr, &change, &first_names, nullptr};

  SymbolIndex index = sample(Role::gnu_index);
  change_names(index, names);
  CHECK(listing(index) == std::vector<std::string>{"zz@1", "new@1", "of_two@2", "c@3"});

  SymbolIndex sorted = sample(Role::bsd_index, true);
  change_names(sorted, names);
  CHECK(listing(sorted) == std::vector<std::string>{"c@3", "new@1", "of_two@2", "zz@1"});

  SymbolIndex coff = sample(Role::coff_index);
  coff.listed = {1, 3}; // member 2 had no names
  change_names(coff, names);
  CHECK(coff.listed == std::vector<std::uint32_t>{1, 2, 3});
  CHECK(listing(*read(Role::coff_index, *written(coff, headers))) == listing(coff));
}

TEST_CASE("an index that is not as sorted as it claims stays as it is until a name changes") {
  SymbolIndex index = sample(Role::bsd_index, true);
  std::ranges::reverse(index.entries);
  const std::vector<std::string> before = listing(index);
  const IndexChange nothing;
  const std::vector<const IndexChange *> names = {&nothing, nullptr, nullptr, nullptr};
  change_names(index, names);
  CHECK(listing(index) == before);
}

TEST_CASE("an index that knows a name once") {
  // Members 1 and 3 define `a`; the index knows the first.
  IndexChange gives_up;
  gives_up.renamed.emplace_back("a", "once");
  IndexChange keeps;
  keeps.kept.push_back("a");
  SymbolIndex index = sample(Role::coff_index);
  change_names(index, std::vector<const IndexChange *>{nullptr, &gives_up, nullptr, &keeps});
  CHECK(listing(index) == std::vector<std::string>{"a@3", "b_first@1", "c@3", "once@1"});

  // The second of them is renamed.
  index = sample(Role::coff_index);
  IndexChange stays;
  stays.kept.push_back("a");
  change_names(index, std::vector<const IndexChange *>{nullptr, &stays, nullptr, &gives_up});
  CHECK(listing(index) == std::vector<std::string>{"a@1", "b_first@1", "c@3", "once@3"});

  // A name that no index knew, such as a common symbol's, does not come in by a new name.
  IndexChange common;
  common.renamed.emplace_back("unlisted", "other");
  index = sample(Role::coff_index);
  change_names(index, std::vector<const IndexChange *>{nullptr, &common, nullptr, nullptr});
  CHECK(listing(index) == listing(sample(Role::coff_index)));
}

TEST_CASE("a member that a COFF index lists twice") {
  SymbolIndex index = sample(Role::coff_index);
  index.listed = {1, 1, 3};
  const std::string contents = *written(index, headers);
  const Result<SymbolIndex> again = read(Role::coff_index, contents);
  REQUIRE(again);
  CHECK(listing(*again) == listing(index));
}
