// container/tree.h and container/universal.h: what is inside of what, and what it is called.
#include "archives.h"
#include "support.h"

#include "container/tree.h"

using namespace linkname;
using namespace linkname::container;
using namespace linkname::test;

namespace {

constexpr std::uint32_t x86_64 = 0x01000007;
constexpr std::uint32_t arm64 = 0x0100000C;

std::vector<std::string> places(const std::string &bytes) {
  const Result<Tree> tree = Tree::read(bytes);
  REQUIRE(tree);
  std::vector<std::string> result;
  for (std::uint32_t node = 0; node < tree->nodes().size(); ++node)
    result.push_back(tree->place(node));
  return result;
}

bool is_damaged(const std::string &bytes) {
  const Result<Tree> tree = Tree::read(bytes);
  return !tree && tree.error().status == Status::malformed;
}

} // namespace

TEST_CASE("a plain file is one leaf") {
  for (const std::string bytes : {"", "text", "!<arch>", "\xCA\xFE\xBA\xBE"}) {
    const Result<Tree> tree = Tree::read(bytes);
    REQUIRE(tree);
    CHECK(tree->is_plain());
    CHECK(tree->place(0).empty());
  }
  // A Java class file.
  CHECK(Tree::read(std::string(raw("\xCA\xFE\xBA\xBE\0\0\0\x34")) + std::string(100, 'x'))->is_plain());
}

TEST_CASE("places, processors and members") {
  const std::string inner =
      archive({member("//", "a name longer than others.o/\n"), member("/0", "ab"), member("c.o/", "")});
  std::string both =
      universal({{x86_64, 3, 64, static_cast<std::uint32_t>(inner.size()), 3}, {arm64, 0, 512, 4, 4}}, 516);
  both.replace(64, inner.size(), inner);
  const std::string bytes = archive({member("both.a/", both), member("d.o/", "x")});
  CHECK(places(bytes) == std::vector<std::string>{"", "(both.a)", "(d.o)", "(both.a)[x86_64]", "(both.a)[arm64]",
                                                  "(both.a)[x86_64](a name longer than others.o)",
                                                  "(both.a)[x86_64](c.o)"});
  const Result<Tree> tree = Tree::read(bytes);
  CHECK(tree->architecture(0).empty());
  CHECK(tree->architecture(2).empty());
  CHECK(tree->architecture(4) == "arm64");
  CHECK(tree->architecture(5) == "x86_64");
  CHECK(tree->member_name(0).empty());
  CHECK(tree->member_name(2) == "d.o");
  CHECK(tree->member_name(4) == "both.a");
  CHECK(tree->member_name(6) == "c.o");
  CHECK(tree->bytes(tree->nodes()[5]) == "ab");
  CHECK_FALSE(tree->is_plain());
}

TEST_CASE("containers inside of more than any real one are leaves") {
  std::string bytes = "object";
  for (int i = 0; i < 7; ++i)
    bytes = archive({member("m/", bytes)});
  CHECK(places(bytes).size() == 5);
}

TEST_CASE("a thin archive has members elsewhere") {
  CHECK(Tree::read(archive({member("a.o/", "", "5")}, "!<thin>\n"))->has_members_outside(0));
  CHECK_FALSE(Tree::read(archive({}, "!<thin>\n"))->has_members_outside(0));
  CHECK_FALSE(Tree::read(archive({member("a.o/", "x")}))->has_members_outside(0));
}

TEST_CASE("rows of universal files") {
  for (const bool wide : {false, true}) {
    const std::string bytes =
        universal({{x86_64, 3, 4096, 10, 12}, {arm64, 2, 8192, 20, 14}, {7, 3, 128, 5, 0}}, 9000, wide);
    const Result<Universal> file = Universal::read(bytes);
    REQUIRE(file);
    CHECK(file->wide == wide);
    REQUIRE(file->slices.size() == 3);
    CHECK(file->slices[0].architecture == "x86_64");
    CHECK(file->slices[0].alignment == 4096);
    CHECK(file->slices[1].architecture == "arm64e");
    CHECK(file->slices[1].size == 20);
    CHECK(file->slices[2].architecture == "i386");
    const std::optional<std::string> row = moved_row(bytes, *file, file->slices[1], 0x4000, 30);
    REQUIRE(row);
    std::string moved = bytes;
    moved.replace(static_cast<std::size_t>(file->slices[1].row), row->size(), *row);
    moved.resize(0x5000);
    const Result<Universal> again = Universal::read(moved);
    REQUIRE(again);
    CHECK(again->slices[1].offset == 0x4000);
    CHECK(again->slices[1].size == 30);
    CHECK(again->slices[1].architecture == "arm64e");
    CHECK(moved_row(bytes, *file, file->slices[1], 0x100000000, 1).has_value() == wide);
  }
}

TEST_CASE("damaged universal files") {
  CHECK_FALSE(is_damaged(universal({{x86_64, 3, 64, 10, 3}, {arm64, 0, 80, 20, 3}}, 100)));
  CHECK(is_damaged(universal({{x86_64, 3, 64, 10, 3}, {arm64, 0, 80, 21, 3}}, 100))); // past the end
  CHECK(is_damaged(universal({{x86_64, 3, 64, 17, 3}, {arm64, 0, 80, 20, 3}}, 100))); // overlap
  CHECK(is_damaged(universal({{x86_64, 3, 40, 10, 3}, {arm64, 0, 80, 20, 3}}, 100))); // overlaps the table
  CHECK(is_damaged(universal({{x86_64, 3, 64, 10, 16}}, 100)));                       // alignment
  CHECK(is_damaged(universal({{x86_64, 3, 64, 10, 3}}, 0)));                          // ends in the table
  CHECK(is_damaged(universal({{x86_64, 3, 0xFFFFFFF0, 0x20, 3}}, 100)));
}
