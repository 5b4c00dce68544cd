// plan/rules.h: good lines become requests, bad lines are named, every one of them.
#include "plan/rules.h"
#include "support.h"

using namespace linkname;
using namespace linkname::plan;

namespace {

Request only(std::string_view line) {
  const Result<Rules> rules = parse_rules(line, "x.rules");
  REQUIRE(rules);
  REQUIRE(rules->requests.size() == 1);
  return rules->requests.front();
}

/// The place and the reason of every complaint.
std::string complaints(std::string_view text) {
  const Result<Rules> rules = parse_rules(text, "x.rules");
  if (rules)
    return {};
  CHECK(rules.error().status == Status::usage);
  std::string result;
  for (const Diagnostic &diagnostic : rules.error().diagnostics) {
    CHECK(diagnostic.severity == Severity::error);
    result += diagnostic.place + ": " + diagnostic.reason + "\n";
  }
  return result;
}

} // namespace

TEST_CASE("each verb") {
  const Request rename = only("rename old new");
  CHECK(rename.verb == Verb::rename);
  CHECK(rename.symbol == "old");
  CHECK(rename.name == "new");
  const Request alias = only("alias new old");
  CHECK(alias.verb == Verb::alias);
  CHECK(alias.symbol == "old");
  CHECK(alias.name == "new");
  CHECK(only("export f").verb == Verb::export_);
  CHECK(only("hide f").verb == Verb::hide);
  CHECK(only("weaken f").verb == Verb::weaken);
  CHECK(only("localize f").verb == Verb::localize);
  CHECK(only("localize f").symbol == "f");
  CHECK(only("localize f").name.empty());
}

TEST_CASE("reasons, quotes, blanks and line ends") {
  const Request request = only("  export\t\"ns::f(int, char)\"   # for the profiler  \r\n");
  CHECK(request.symbol == "ns::f(int, char)");
  CHECK(request.why == "for the profiler");
  CHECK(request.asked_by == "x.rules:1");
  CHECK_FALSE(request.unsafe);
  CHECK(only("export \"a#b\"").symbol == "a#b");
  CHECK(only("export a#b").symbol == "a#b");
  CHECK(only("export a #b").why == "b");
}

TEST_CASE("unsafe is a last word, unless it is the name itself") {
  CHECK(only("export f unsafe").unsafe);
  CHECK(only("export f unsafe # measured").why == "measured");
  CHECK(only("rename a b unsafe").unsafe);
  const Request named = only("export unsafe");
  CHECK(named.symbol == "unsafe");
  CHECK_FALSE(named.unsafe);
}

TEST_CASE("permissions") {
  const Result<Rules> rules = parse_rules("allow src/app.c helper # for the tests\ndeny fatal\ndeny 'x'\n"
                                          "deny \"ns::f(int)\" except a.c *_test.c # slow\n",
                                          "x.rules");
  REQUIRE(rules);
  CHECK(rules->requests.empty());
  REQUIRE(rules->permissions.size() == 4);
  const Permission &allow = rules->permissions.at(0);
  CHECK(allow.allowed);
  CHECK(allow.symbol == "helper");
  CHECK(allow.consumers == std::vector<std::string>{"src/app.c"});
  CHECK(allow.why == "for the tests");
  CHECK(allow.asked_by == "x.rules:1");
  const Permission &deny = rules->permissions.at(1);
  CHECK_FALSE(deny.allowed);
  CHECK(deny.symbol == "fatal");
  CHECK(deny.consumers.empty());
  const Permission &excepted = rules->permissions.at(3);
  CHECK(excepted.symbol == "ns::f(int)");
  CHECK(excepted.consumers == std::vector<std::string>{"a.c", "*_test.c"});
  CHECK(complaints("allow f") == "x.rules:1: it takes two names: allow CONSUMER SYMBOL\n");
  CHECK(complaints("deny f a.c").starts_with("x.rules:1: it is written: deny SYMBOL"));
  CHECK(complaints("deny f except").starts_with("x.rules:1: it is written: deny SYMBOL"));
  CHECK(complaints("deny \"\"") == "x.rules:1: a name is empty\n");
}

TEST_CASE("lines are counted, empty ones and comments too") {
  const Result<Rules> rules = parse_rules("# what and why\n\nexport a\n   \nhide b", "x.rules");
  REQUIRE(rules);
  REQUIRE(rules->requests.size() == 2);
  CHECK(rules->requests.at(0).asked_by == "x.rules:3");
  CHECK(rules->requests.at(1).asked_by == "x.rules:5");
  CHECK(parse_rules("", "x.rules")->requests.empty());
}

TEST_CASE("every faulty line is reported") {
  const std::string said = complaints("exprot a\nexport\nexport ok\nexport a b\nrename a\nrename a b c\nexport \"a\n"
                                      "alias x\nexport \"\"\n");
  CHECK(said.find("x.rules:1: 'exprot' is none of") != std::string::npos);
  for (const char *place : {"x.rules:2:", "x.rules:4:", "x.rules:5:", "x.rules:6:", "x.rules:8:", "x.rules:9:"})
    CHECK_MESSAGE(said.find(place) != std::string::npos, place);
  CHECK(said.find("x.rules:3:") == std::string::npos);
  CHECK(said.find("x.rules:7: a quoted name does not end on this line") != std::string::npos);
}

TEST_CASE("a rename that lost its new name is not an unsafe one") {
  CHECK_FALSE(complaints("rename old unsafe").empty());
}
