// The tool's words for the library's enumerations: each value has one, and a record's form follows from its symbol.
#include "words.h"
#include "support.h"
#include "support_facts.h"

using namespace linkname;
using namespace linkname::test;
using linkname::tool::form;
using linkname::tool::word;

TEST_CASE("the last value of every enumeration has its word") {
  CHECK(word(Severity::error) == "error");
  CHECK(word(Format::coff) == "coff");
  CHECK(word(Binding::unique) == "unique");
  CHECK(word(Visibility::internal) == "internal");
  CHECK(word(Kind::file) == "file");
  CHECK(word(Home::common) == "common");
  CHECK(word(Verdict::unverifiable) == "unverifiable");
  CHECK(word(Change::localize) == "localize");
}

TEST_CASE("pull, push, export and by name") {
  Facts facts;
  add_symbol(facts, "defined");
  add_symbol(facts, "declared").home = Home::undefined;
  CHECK(form({.symbol = 1, .remote = "x"}, facts) == "push");
  CHECK(form({.symbol = 2, .remote = "x"}, facts) == "pull");
  CHECK(form({.symbol = 1}, facts) == "export");
  CHECK(form({.symbol = std::nullopt, .remote = "x"}, facts) == "by name");
}
