// container/archive.h: every way to write a name, and every way for a header to be wrong.
#include "archives.h"
#include "support.h"

#include "container/archive.h"

using namespace linkname;
using namespace linkname::container;
using namespace linkname::test;

namespace {

std::string reason(const std::string &bytes) {
  const Result<Archive> archive = Archive::read(bytes);
  REQUIRE_FALSE(archive);
  CHECK(archive.error().status == Status::malformed);
  return archive.error().diagnostics.front().place + ": " + archive.error().diagnostics.front().reason;
}

} // namespace

TEST_CASE("an empty archive") {
  const std::string bytes = "!<arch>\n";
  const Result<Archive> archive = Archive::read(bytes);
  REQUIRE(archive);
  CHECK(archive->members().empty());
  CHECK_FALSE(archive->is_thin());
  CHECK(archive->alignment() == 2);
}

TEST_CASE("names in every form") {
  const std::string bytes =
      archive({member("/", raw("\0\0\0\0")), member("//", "a long name.o/\nanother/one.o/\n"), member("/0", "A"),
               member("/15", "BC"), member("short.o/", "DEF"), member("bsd.o", "G"),
               member("#1/8", raw("in.o\0\0\0\0contents")), member("with space.o/", ""), member("/<XYZ>/", "")});
  const Result<Archive> archive = Archive::read(bytes);
  REQUIRE(archive);
  const std::vector<Member> &members = archive->members();
  REQUIRE(members.size() == 9);
  const std::pair<std::string_view, std::string_view> expected[] = {
      {"/", raw("\0\0\0\0")}, {"//", "a long name.o/\nanother/one.o/\n"},
      {"a long name.o", "A"}, {"another/one.o", "BC"},
      {"short.o", "DEF"},     {"bsd.o", "G"},
      {"in.o", "contents"},   {"with space.o", ""},
      {"/<XYZ>/", ""}};
  for (std::size_t i = 0; i < members.size(); ++i) {
    CHECK(members[i].name == expected[i].first);
    CHECK(archive->contents(members[i]) == expected[i].second);
  }
  CHECK(members[0].role == Role::gnu_index);
  CHECK(members[1].role == Role::long_names);
  CHECK(members[6].stored == 16);
  CHECK(members[8].role == Role::special);
}

TEST_CASE("indices") {
  const auto roles = [](const std::string &bytes) {
    std::vector<Role> result;
    const Result<Archive> archive = Archive::read(bytes);
    REQUIRE(archive);
    for (const Member &member : archive->members())
      result.push_back(member.role);
    return result;
  };
  CHECK(roles(archive({member("/", ""), member("/", "")})) == std::vector{Role::gnu_index, Role::coff_index});
  CHECK(roles(archive({member("/SYM64/", "")})) == std::vector{Role::gnu_index_64});
  CHECK(roles(archive({member("__.SYMDEF", "")})) == std::vector{Role::bsd_index});
  CHECK(roles(archive({member("__.SYMDEF SORTED", "")})) == std::vector{Role::bsd_index});
  CHECK(roles(archive({member("#1/12", raw("__.SYMDEF_64"))})) == std::vector{Role::bsd_index_64});
  CHECK(Archive::read(archive({member("__.SYMDEF", "")}))->alignment() == 8);
  CHECK(reason(archive({member("a.o/", ""), member("/", "")})).find("stands at the start") != std::string::npos);
  CHECK(reason(archive({member("/", ""), member("/", ""), member("/", "")})).find("one already") != std::string::npos);
  CHECK(reason(archive({member("a.o/", ""), member("/SYM64/", "")})).find("at the start") != std::string::npos);
}

TEST_CASE("a thin archive holds its tables and nothing else") {
  const std::string bytes = archive(
      {member("/", raw("\0\0\0\0")), member("//", "folder/a.o/\n"), member("/0", "", "1000"), member("b.o/", "", "7")},
      "!<thin>\n");
  const Result<Archive> archive = Archive::read(bytes);
  REQUIRE(archive);
  CHECK(archive->is_thin());
  REQUIRE(archive->members().size() == 4);
  CHECK(archive->members()[2].name == "folder/a.o");
  CHECK(archive->members()[2].outside);
  CHECK(archive->members()[3].size == 7);
  CHECK(archive->contents(archive->members()[3]).empty());
}

TEST_CASE("the last member may lack its padding") {
  std::string bytes = archive({member("a.o/", "abc")});
  bytes.pop_back();
  CHECK(Archive::read(bytes));
}

TEST_CASE("damage") {
  const std::string good = archive({member("a.o/", "abcd"), member("b.o/", "ef")});
  for (std::size_t length = 9; length < good.size(); ++length)
    if (length != 8 + 64) // the end of the first member
      CHECK_FALSE(Archive::read(good.substr(0, length)));
  CHECK(reason("!<arch>\nx").find("member header at 0x8: the archive ends inside of it") == 0);
  CHECK(reason(archive({member("a.o/", "", "1x")})).find("its size is no number") != std::string::npos);
  CHECK(reason(archive({member("a.o/", "", "-1")})).find("its size is no number") != std::string::npos);
  CHECK(reason(archive({member("a.o/", "", "9999999999")})).find("reaches past the end") != std::string::npos);
  CHECK(reason(archive({member("//", "x/\n"), member("/3", "")})).find("none of the long names") != std::string::npos);
  CHECK(reason(archive({member("/0", "")})).find("none of the long names") != std::string::npos);
  CHECK(reason(archive({member("/x", "")})).find("none of the long names") != std::string::npos);
  CHECK(reason(archive({member("#1/9", "12345678")})).find("reaches past the end") != std::string::npos);
  CHECK(reason(archive({member("#1/x", "12345678")})).find("reaches past the end") != std::string::npos);
  CHECK(reason(archive({member("#1/18446744073709551", "12")})).find("reaches past the end") != std::string::npos);
  std::string no_end = good;
  no_end[8 + 58] = 'x';
  CHECK(reason(no_end).find("does not end as a header does") != std::string::npos);
}
