// base/text.h, held against slow and obvious implementations of the same.
#include "base/text.h"
#include "support.h"

#include <algorithm>
#include <cstdint>
#include <vector>

using namespace linkname;
using namespace linkname::test;

namespace {

std::size_t full_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i)
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        table[i][j] = i + j;
        continue;
      }
      const std::size_t kept = table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
      table[i][j] = std::min({kept, table[i - 1][j] + 1, table[i][j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
    }
  return table[a.size()][b.size()];
}

/// `*`, `?` and plain characters only.
bool matches(std::string_view pattern, std::string_view name) {
  if (pattern.empty())
    return name.empty();
  if (pattern.front() == '*')
    return matches(pattern.substr(1), name) || (!name.empty() && matches(pattern, name.substr(1)));
  return !name.empty() && (pattern.front() == '?' || pattern.front() == name.front()) &&
         matches(pattern.substr(1), name.substr(1));
}

} // namespace

TEST_CASE("edit_distance counts neighbours that traded places once, and is cut off above the limit") {
  CHECK(edit_distance("comptue", "compute", 1) == 1);
  Random random(3);
  for (int round = 0; round < 20000; ++round) {
    const std::string a = random.word("abc", 9);
    const std::string b = random.word("abc", 9);
    const std::size_t limit = random.up_to(10);
    REQUIRE(edit_distance(a, b, limit) == std::min(full_distance(a, b), limit + 1));
  }
}

TEST_CASE("wildcards match as the definition says") {
  Random random(4);
  for (int round = 0; round < 20000; ++round) {
    const std::string pattern = random.word("ab*?", 8);
    const std::string name = random.word("ab", 8);
    CAPTURE(pattern);
    CAPTURE(name);
    REQUIRE(wildcard_match(pattern, name) == matches(pattern, name));
  }
}

TEST_CASE("wildcard sets") {
  CHECK(wildcard_match("[abc]x", "bx"));
  CHECK_FALSE(wildcard_match("[abc]x", "dx"));
  CHECK(wildcard_match("[a-c]", "b"));
  CHECK_FALSE(wildcard_match("[a-c]", "d"));
  CHECK(wildcard_match("[!a-c]", "d"));
  CHECK_FALSE(wildcard_match("[!a-c]", "b"));
  CHECK(wildcard_match("[^a]", "b"));
  CHECK(wildcard_match("[]]", "]"));
  CHECK(wildcard_match("[!]]", "x"));
  CHECK_FALSE(wildcard_match("[!]]", "]"));
  CHECK(wildcard_match("[a-]", "-"));
  CHECK(wildcard_match("*[0-9]", "f12"));
  CHECK_FALSE(wildcard_match("[a]", ""));
}

TEST_CASE("a set without its end is a plain bracket") {
  CHECK(wildcard_match("a[b", "a[b"));
  CHECK_FALSE(wildcard_match("a[b", "ab"));
  CHECK(wildcard_match("[", "["));
}

TEST_CASE("a backslash takes the next character as it is") {
  CHECK(wildcard_match("a\\*b", "a*b"));
  CHECK_FALSE(wildcard_match("a\\*b", "axb"));
  CHECK(wildcard_match("\\[x]", "[x]"));
  CHECK(wildcard_match("end\\", "end\\"));
}

TEST_CASE("many stars do not take forever") {
  std::string pattern;
  for (int i = 0; i < 200; ++i)
    pattern += "*a";
  CHECK_FALSE(wildcard_match(pattern + "b", std::string(20000, 'a')));
  CHECK(wildcard_match(pattern, std::string(20000, 'a')));
}

TEST_CASE("is_wildcard") {
  CHECK(is_wildcard("a*"));
  CHECK(is_wildcard("?"));
  CHECK(is_wildcard("a[b"));
  CHECK_FALSE(is_wildcard("a::b(int)"));
  CHECK_FALSE(is_wildcard(""));
}

TEST_CASE("quoted shows what a terminal would obey") {
  CHECK(quoted("foo") == "'foo'");
  CHECK(quoted("") == "''");
  CHECK(quoted(raw("a\0b\n\x1b[m\x7f")) == "'a\\x00b\\x0a\\x1b[m\\x7f'");
  CHECK(quoted("na\xc3\xafve") == "'na\xc3\xafve'");
}

TEST_CASE("hex and join") {
  CHECK(hex(0) == "0x0");
  CHECK(hex(0x1f) == "0x1f");
  CHECK(hex(0x100) == "0x100");
  CHECK(hex(UINT64_MAX) == "0xffffffffffffffff");
  CHECK(join({}) == "");
  CHECK(join({"a", "", "bc"}) == "abc");
}
