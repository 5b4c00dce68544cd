// The matcher behind LIKE and GLOB. SQL shows whether a pattern matches; that it knows two kinds of "no", the second of
// which keeps `%a%b%c` from taking exponential time, only the function itself shows.
#include "check.h"

#include <linkname/linkname.h>

enum { match, no_match, no_wildcard_match };

struct compareInfo;
int pattern_compare(const unsigned char *pattern, const unsigned char *string, const struct compareInfo *info,
                    unsigned escape);
LINKNAME(pattern_compare, "func.o:patternCompare", "src/func.c, static");

extern const struct compareInfo like_info, glob_info;
LINKNAME(like_info, "func.o:likeInfoNorm", "src/func.c, static: % and _, and case does not matter");
LINKNAME(glob_info, "func.o:globInfo", "src/func.c, static: *, ? and [...]");

static int like(const char *pattern, const char *string, char escape) {
  return pattern_compare((const unsigned char *)pattern, (const unsigned char *)string, &like_info,
                         (unsigned char)escape);
}

static int glob(const char *pattern, const char *string) {
  return pattern_compare((const unsigned char *)pattern, (const unsigned char *)string, &glob_info, '[');
}

void test_like(void);
void test_like(void) {
  CHECK(like("linkname", "LinkName", 0) == match);
  CHECK(like("link_ame", "linkname", 0) == match);
  CHECK(like("link_", "link", 0) == no_match);
  CHECK(like("%name", "linkname", 0) == match);
  CHECK(like("%nome", "linkname", 0) == no_wildcard_match);
  CHECK(like("l%x%e", "linkname", 0) == no_wildcard_match);
  CHECK(like("link%x", "lonkname", 0) == no_match);
  CHECK(like("100\\%", "100%", '\\') == match);
  CHECK(like("100\\%", "1000", '\\') == no_match);
  CHECK(like("_", "\xc3\xa9", 0) == match); // one character, two bytes
  CHECK(like("__", "\xc3\xa9", 0) == no_match);
  CHECK(like("\xc3\x89", "\xc3\xa9", 0) == no_match); // case matters beyond ASCII
}

void test_glob(void);
void test_glob(void) {
  CHECK(glob("lib*.[ao]", "liblua.a") == match);
  CHECK(glob("lib*.[ao]", "liblua.so") == no_wildcard_match);
  CHECK(glob("lib*.[^ao]", "liblua.a") == no_wildcard_match);
  CHECK(glob("[^a-z]*", "Makefile") == match);
  CHECK(glob("[]]", "]") == match);
  CHECK(glob("[a-", "a") == no_match); // not closed: matches nothing, and is read no further
  CHECK(glob("LIB*", "lib") == no_match);
}
