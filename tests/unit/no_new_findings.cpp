// base/no_new_findings.h: an edit may leave what was odd, and adds nothing to it; whose fault it is depends on the
// input.
#include "base/no_new_findings.h"
#include "support.h"

using namespace linkname;

namespace {

/// One finding for each letter, an error for an `e` and a warning for a `w`.
Result<std::vector<Diagnostic>> findings_of(Bytes bytes) {
  std::vector<Diagnostic> findings;
  for (const char letter : bytes)
    findings.push_back({.severity = letter == 'e' ? Severity::error : Severity::warning,
                        .place = "here",
                        .reason = std::string(1, letter)});
  return findings;
}

Result<void> held_against(Bytes before, Bytes after) {
  Backend format{};
  format.lint = findings_of;
  return no_new_findings(format, before, after);
}

} // namespace

TEST_CASE("findings that were there may stay, and as many of them at most") {
  CHECK(held_against("", ""));
  CHECK(held_against("ee", "e"));
  CHECK(held_against("ew", "we"));
  CHECK_FALSE(held_against("e", "ee"));
  CHECK_FALSE(held_against("w", "v"));
}

TEST_CASE("a new finding is a defect of ours in a sound image, and damage of a damaged one") {
  REQUIRE_FALSE(held_against("w", "e"));
  CHECK(held_against("w", "e").error().status == Status::system);
  REQUIRE_FALSE(held_against("e", "ee"));
  CHECK(held_against("e", "ee").error().status == Status::malformed);
}
