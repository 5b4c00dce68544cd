// plan/set_names.h and plan/name_patterns.h: what a set's names are, and which of them a pattern means.
#include "plan/set_names.h"
#include "plan/name_patterns.h"
#include "support.h"
#include "support_facts.h"

using namespace linkname;
using namespace linkname::plan;
using namespace linkname::test;

namespace {

void add_all(SetNames &names, const Facts &facts) {
  std::vector<SetMention> mentions = mentions_in(facts);
  names.add(mentions);
  for (const SetMention &mention : mentions)
    CHECK(names.find(mention.base, mention.prefixed) == mention.number);
}

std::vector<std::string> fitting(const SetNames &names, const std::string &pattern) {
  std::vector<std::string> found;
  const auto numbers = names_that_fit(std::span(&pattern, 1), names);
  for (const std::uint32_t number : numbers.front())
    found.push_back(names.full_name(names.all()[number]));
  return found;
}

} // namespace

TEST_CASE("a name taken apart is the symbol's name in pieces") {
  const auto pieces = [](std::string_view name, Format format, char prefix) {
    const NameParts parts = take_apart(name, format, prefix);
    CHECK(parts.front.data() == name.data());
    CHECK(parts.front.size() + parts.base.size() + parts.version.size() == name.size());
    return std::string(parts.front) + "|" + std::string(parts.base) + "|" + std::string(parts.version);
  };
  CHECK(pieces("f", Format::elf, '\0') == "|f|");
  CHECK(pieces("f@@V2", Format::elf, '\0') == "|f|@@V2");
  CHECK(pieces("@@V2", Format::elf, '\0') == "|@@V2|");
  CHECK(pieces("DW.ref.f", Format::elf, '\0') == "DW.ref.|f|");
  CHECK(pieces("DW.ref.", Format::elf, '\0') == "|DW.ref.|");
  CHECK(pieces("_f", Format::elf, '\0') == "|_f|");
  CHECK(pieces("_f", Format::macho, '_') == "_|f|");
  CHECK(pieces("f", Format::macho, '_') == "|f|");
  CHECK(pieces("_", Format::macho, '_') == "|_|");
  CHECK(pieces("_f@8", Format::coff, '_') == "_|f@8|");
  CHECK(pieces("@f@8", Format::coff, '_') == "|@f@8|");
  CHECK(pieces("__imp__f@8", Format::coff, '_') == "__imp__|f@8|");
  CHECK(pieces(".refptr.___emutls_v.x", Format::coff, '_') == ".refptr.___emutls_v.|x|");
  CHECK(pieces(".refptr.x", Format::coff, '\0') == ".refptr.|x|");
}

TEST_CASE("what stands for a name is no definition of it, but a variable's or an import's own symbol is") {
  Facts facts;
  facts.format = Format::coff;
  for (const std::string_view name : {".refptr.pointed", "__imp_import", "__emutls_v.variable", "__emutls_t.image"})
    add_symbol(facts, name);
  add_symbol(facts, "quiet", Binding::local);
  add_symbol(facts, "outside").home = Home::undefined;
  SetNames names("x86-64", facts.format, facts.name_prefix);
  add_all(names, facts);
  const auto defined = [&](std::string_view name) { return names.all()[names.find(name).value()].defined; };
  CHECK(names.all().size() == 5);
  CHECK(!names.find("quiet"));
  CHECK(!names.find(".refptr.pointed"));
  CHECK(!defined("pointed"));
  CHECK(defined("import"));
  CHECK(defined("variable"));
  CHECK(!defined("image"));
  CHECK(!defined("outside"));
  add_all(names, facts);
  CHECK(names.all().size() == 5);
}

TEST_CASE("a group's own name counts, though it is local") {
  Facts facts;
  add_symbol(facts, "_ZN1AD5Ev", Binding::local).names_group = true;
  SetNames names("x86-64", facts.format, facts.name_prefix);
  add_all(names, facts);
  CHECK(names.all()[names.find("_ZN1AD5Ev").value()].defined);
}

TEST_CASE("all names are found again, however many there are") {
  std::vector<std::string> texts;
  for (int i = 0; i < 20000; ++i)
    texts.push_back("name_" + std::to_string(i));
  Facts facts;
  facts.format = Format::macho;
  facts.name_prefix = '_';
  for (const std::string &text : texts)
    add_symbol(facts, text);
  SetNames names("arm64", facts.format, facts.name_prefix);
  add_all(names, facts);
  CHECK(names.all().size() == texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i)
    CHECK(names.find(texts[i]) == i);
  CHECK(!names.find("name_20000"));
  CHECK(!names.find("_name_1"));
}

TEST_CASE("patterns are read in the order of selectors") {
  Facts facts;
  for (const std::string_view name :
       {"_ZN3lib1fEi", "_ZN3lib1fEc", "_ZN3lib1gEv", "lib_open", "lib_close@V1", "a*", "ab"})
    add_symbol(facts, name);
  SetNames names("x86-64", facts.format, facts.name_prefix);
  add_all(names, facts);
  using List = std::vector<std::string>;
  CHECK(fitting(names, "lib_open") == List{"lib_open"});
  CHECK(fitting(names, "lib_close") == List{"lib_close"});
  CHECK(fitting(names, "lib_close@V1") == List{"lib_close"});
  CHECK(fitting(names, "a*") == List{"a*"});
  CHECK(fitting(names, "lib_*") == List{"lib_open", "lib_close"});
  CHECK(fitting(names, "lib::f(char)") == List{"_ZN3lib1fEc"});
  CHECK(fitting(names, "lib::f") == List{"_ZN3lib1fEi", "_ZN3lib1fEc"});
  CHECK(fitting(names, "lib::*") == List{"_ZN3lib1fEi", "_ZN3lib1fEc", "_ZN3lib1gEv"});
  CHECK(fitting(names, "lib::h").empty());
}
