// container/gnu_index.h: what is changed in place reads as what is written anew.
#include "support.h"

#include "container/gnu_index.h"

#include <algorithm>

using namespace linkname;
using namespace linkname::container;

namespace {

const std::vector<std::uint64_t> headers = {8, 100, 0x1234, 0x100000, 0x200000};
const std::vector<std::uint64_t> moved = {8, 120, 0x1264, 0x100040, 0x200060};

using Names = std::vector<std::string>;

/// By member, since the forms may differ in where they put a first name.
std::vector<Names> by_member(const SymbolIndex &index) {
  std::vector<Names> names(headers.size());
  for (const IndexEntry &entry : index.entries)
    names[entry.member].emplace_back(entry.name);
  return names;
}

} // namespace

TEST_CASE("names that are changed, dropped and put in, several of them at one place") {
  SymbolIndex old{
      .form = Role::gnu_index, .entries = {{"first", 1}, {"second", 1}, {"third", 2}, {"last", 2}}, .listed = {}};
  IndexChange none;
  IndexChange renames{.renamed = {{"first", "a_longer_name"}, {"second", "s"}}, .removed = {}, .added = {}, .kept = {}};
  IndexChange drops{.renamed = {}, .removed = {"last"}, .added = {"new_one", "new_two"}, .kept = {}};
  IndexChange first_names{.renamed = {}, .removed = {}, .added = {"x", "yy"}, .kept = {}};
  IndexChange more_first_names{.renamed = {}, .removed = {}, .added = {"zzz"}, .kept = {}};
  for (const Role form : {Role::gnu_index, Role::gnu_index_64})
    for (const IndexChange *const of_1 :
         {static_cast<const IndexChange *>(nullptr), &std::as_const(none), &std::as_const(renames)})
      for (const IndexChange *const of_2 : {static_cast<const IndexChange *>(nullptr), &std::as_const(drops)})
        for (const bool firsts : {false, true}) {
          old.form = form;
          const std::vector<const IndexChange *> names = {nullptr, of_1, of_2, firsts ? &first_names : nullptr,
                                                          firsts ? &more_first_names : nullptr};
          const Result<std::string> contents = written(old, headers);
          REQUIRE(contents);
          const IndexPlace place{.form = form, .name = "/", .contents = *contents, .headers = headers, .members = {}};
          const Result<GnuIndexEdit> edit = GnuIndexEdit::plan(place, names);
          REQUIRE(edit);
          const Result<Splices> splices = edit->write(moved);
          REQUIRE(splices);
          const std::string now = apply_splices(*contents, *splices);
          CHECK(now.size() == contents->size() + edit->growth());
          CHECK(edit->is_in(now, moved));

          SymbolIndex expected = old;
          change_names(expected, names);
          const Result<SymbolIndex> found =
              read_index({.form = form, .name = "/", .contents = now, .headers = moved, .members = {}});
          REQUIRE(found);
          CHECK(by_member(*found) == by_member(expected));

          for (const Splice &splice : *splices) // a name or a place that is not as planned shows
            if (!splice.bytes.empty() && splice.offset != 0) {
              std::string wrong = now;
              wrong[wrong.find(splice.bytes)] ^= 1;
              CHECK_FALSE(edit->is_in(wrong, moved));
            }
        }
}
