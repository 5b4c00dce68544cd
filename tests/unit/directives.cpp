// coff/directives.h: names in .drectve, in every spelling that compilers have for them.
#include "coff/directives.h"
#include "support.h"

using namespace linkname;
using namespace linkname::coff;
using namespace linkname::test;

namespace {

/// The new contents; `same` where nothing changes, `refused` where it cannot.
std::string renamed(Bytes contents, std::string_view from, std::string_view to, char prefix = '\0') {
  const auto result = renamed_directives(contents, {{from, to}}, prefix);
  if (!result)
    return "refused";
  return *result ? **result : "same";
}

} // namespace

TEST_CASE("a name is renamed where it is one, and nowhere else") {
  CHECK(renamed("/EXPORT:f", "f", "g") == "/EXPORT:g");
  CHECK(renamed(" -export:f,data -export:ff", "f", "g") == " -export:g,data -export:ff");
  CHECK(renamed("/export:f=h /EXPORT:h=f,@3,NONAME", "f", "g") == "/export:f=h /EXPORT:h=g,@3,NONAME");
  CHECK(renamed("/INCLUDE:f /alternatename:f=f", "f", "g") == "/INCLUDE:g /alternatename:g=g");
  CHECK(renamed("-exclude-symbols:a,f,b", "f", "g") == "-exclude-symbols:a,g,b");
  CHECK(renamed("-aligncomm:\"f\",5", "f", "g") == "-aligncomm:\"g\",5");
  CHECK(renamed("/DEFAULTLIB:f /merge:f=f f -f: :f /f", "f", "g") == "same");
  CHECK(renamed("", "f", "g") == "same");
}

TEST_CASE("quotes stay, and come where they are needed") {
  CHECK(renamed("\"/EXPORT:f\"", "f", "a b") == "\"/EXPORT:a b\"");
  CHECK(renamed("-export:\"f\",data", "f", "g") == "-export:\"g\",data");
  CHECK(renamed("-export:f,data", "f", "g@4") == "-export:\"g@4\",data");
  CHECK(renamed("-export:\"a b\" -export:f", "a b", "f2") == "-export:\"f2\" -export:f");
  CHECK(renamed("-export:f", "f", "a,b") == "refused");
  CHECK(renamed("-export:f", "f", "a\"b") == "refused");
  CHECK(renamed("-export:f\"oo\"", "foo", "bar") == "refused");
}

TEST_CASE("padding, a mark of UTF-8 and an open quote are no matter") {
  using namespace std::string_view_literals;
  CHECK(renamed("-export:f\0\0"sv, "f", "gg") == "-export:gg\0\0"sv);
  CHECK(renamed("\xEF\xBB\xBF/EXPORT:f ", "f", "g") == "\xEF\xBB\xBF/EXPORT:g ");
  CHECK(renamed("/EXPORT:\"f", "f", "g") == "/EXPORT:\"g");
  CHECK(renamed("/EXPORT:", "", "g") == "same");
}

TEST_CASE("i386: GNU options leave the underscore out, Microsoft's keep it") {
  CHECK(renamed("-export:f /EXPORT:_f", "_f", "_g", '_') == "-export:g /EXPORT:_g");
  CHECK(renamed("-export:\"f@4\"", "_f@4", "_g@4", '_') == "-export:\"g@4\"");
  CHECK(renamed("/EXPORT:f", "_f", "_g", '_') == "/EXPORT:g");
  CHECK(renamed("-export:\"@f@4\"", "@f@4", "@g@4", '_') == "-export:\"@g@4\"");
  CHECK(renamed("-exclude-symbols:f -aligncomm:\"_f\",2", "_f", "_g", '_') == "-exclude-symbols:g -aligncomm:\"_g\",2");
  CHECK(renamed("-export:_f", "_f", "_g", '_') == "same"); // that is `__f`
  CHECK(renamed("-export:f", "_f", "g", '_') == "refused");
}

TEST_CASE("what exports a symbol") {
  CHECK(is_exported_by("/INCLUDE:g -export:f,data", "f", '\0'));
  CHECK(!is_exported_by("/INCLUDE:f -export:g=h", "f", '\0'));
  CHECK(!is_exported_by("/INCLUDE:f -export:g=h", "g", '\0'));
  CHECK(is_exported_by("-export:g=h", "h", '\0'));
  CHECK(is_exported_by("-export:f", "_f", '_'));
}
