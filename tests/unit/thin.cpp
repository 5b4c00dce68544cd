// container/thin.h: what a thin archive says of its members, and how it comes to say something else.
#include "container/thin.h"
#include "support.h"

#include <algorithm>

using namespace linkname;
using namespace linkname::container;

namespace {

std::string header(std::string name, std::size_t size) {
  name.resize(16, ' ');
  std::string rest = "0           0     0     644     " + std::to_string(size);
  rest.resize(42, ' ');
  return name + rest + "`\n";
}

/// `first` is in the member at /0, `second` in the one at /5.
std::string two_members() {
  std::string index = {0, 0, 0, 2, 0, 0, 0, static_cast<char>(0xa4), 0, 0, 0, static_cast<char>(0xe0)};
  index += std::string("first\0second\0\0", 14);
  const std::string names = "a.o/\nb.o/\n";
  return "!<thin>\n" + header("/", index.size()) + index + header("//", names.size()) + names + header("/0", 100) +
         header("/5", 200);
}

std::string rewritten(const std::string &bytes, std::span<const ThinMember> members) {
  const Result<Archive> archive = Archive::read(bytes);
  REQUIRE(archive);
  const Result<Splices> splices = assemble_thin(*archive, members, 0);
  REQUIRE(splices);
  std::string result = apply_splices(bytes, *splices);
  CHECK(verify_thin(*archive, members, result));
  return result;
}

} // namespace

TEST_CASE("a thin archive that is to say what it says stays as it is") {
  const std::string bytes = two_members();
  const Result<Archive> archive = Archive::read(bytes);
  REQUIRE(archive);
  const std::vector<ThinMember> members = thin_members(*archive);
  REQUIRE(members.size() == 4);
  CHECK(members[2].name == "a.o");
  CHECK(members[3].size == 200);
  CHECK(rewritten(bytes, members) == bytes);
}

TEST_CASE("new names move the headers, and the index follows") {
  const std::string bytes = two_members();
  const Result<Archive> archive = Archive::read(bytes);
  REQUIRE(archive);
  std::vector<ThinMember> members = thin_members(*archive);
  IndexChange change;
  change.renamed.emplace_back("first", "a_longer_name");
  members[2] = {.name = "somewhere/else/a.o", .origin = 0, .size = 1234, .names = &change};
  members[3].origin = 68;
  const std::string after = rewritten(bytes, members);
  const Result<Archive> now = Archive::read(after);
  REQUIRE(now);
  REQUIRE(now->members().size() == 4);
  CHECK(now->members()[2].name == "somewhere/else/a.o");
  CHECK(now->members()[2].size == 1234);
  CHECK(now->members()[3].name == "b.o");
  CHECK(now->members()[3].origin == 68);
  const std::vector<std::uint64_t> headers = {now->members()[0].header, now->members()[1].header,
                                              now->members()[2].header, now->members()[3].header};
  const Result<SymbolIndex> index = read_index(place_of(*now, now->members().front(), headers));
  REQUIRE(index);
  REQUIRE(index->entries.size() == 2);
  CHECK(index->entries[0] == IndexEntry{.name = "a_longer_name", .member = 2});
  CHECK(index->entries[1] == IndexEntry{.name = "second", .member = 3});
}

TEST_CASE("a name that two members share stands in the table once") {
  const std::string bytes = two_members();
  const Result<Archive> archive = Archive::read(bytes);
  REQUIRE(archive);
  std::vector<ThinMember> members = thin_members(*archive);
  members[2].name = members[3].name = "shared_by_both.o";
  const std::string after = rewritten(bytes, members);
  CHECK(after.find("shared_by_both.o") == after.rfind("shared_by_both.o"));
}

TEST_CASE("what an archive cannot spell is refused") {
  const std::string bytes = two_members();
  const Result<Archive> archive = Archive::read(bytes);
  REQUIRE(archive);
  std::vector<ThinMember> members = thin_members(*archive);
  members[2].name = "a\nb.o";
  CHECK_FALSE(assemble_thin(*archive, members, 0));
  members = thin_members(*archive);
  members[3].size = 12345678901;
  CHECK_FALSE(assemble_thin(*archive, members, 0));
  const std::string no_table = "!<thin>\n" + header("a.o/", 100);
  const Result<Archive> bare = Archive::read(no_table);
  REQUIRE(bare);
  members = thin_members(*bare);
  CHECK(assemble_thin(*bare, members, 0));
  members[0].name = "b.o";
  CHECK_FALSE(assemble_thin(*bare, members, 0));
}

TEST_CASE("whatever was written otherwise is found") {
  const std::string bytes = two_members();
  const Result<Archive> archive = Archive::read(bytes);
  REQUIRE(archive);
  std::vector<ThinMember> members = thin_members(*archive);
  IndexChange change;
  change.renamed.emplace_back("first", "other");
  members[2] = {.name = "c.o", .origin = 0, .size = 1234, .names = &change};
  const std::string good = rewritten(bytes, members);
  CHECK_FALSE(verify_thin(*archive, members, bytes));
  // But for the index's own header, whose date may be another, and what pads names and index.
  std::size_t found = 0;
  for (std::size_t at = 68; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    found += verify_thin(*archive, members, bad) ? 0U : 1U;
  }
  CHECK(found > (good.size() - 68) / 2);
}
