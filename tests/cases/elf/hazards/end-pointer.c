// A pointer to the end of an array is the address of what stands behind it, and no sign that anybody took that one's.
// REQUIRES: clang-14, clang-19
// RUN: %hazard 'refused|warned' clang-14 -O2 -fno-addrsig
// RUN: %hazard 'refused|warned' clang-19 -O2 -fno-addrsig
// RUN: %hazard right clang-19 -O2 -DRECORD -I%include
#ifdef RECORD
#include <linkname/linkname.h>
#endif
#ifdef PROVIDER
static int before[4];
static int bound;
int *begin = before, *end = before + 4;
void api(int x) {
  if (x > 3)
    bound = 77;
}
int read_it(void) { return bound; }
#ifdef RECORD
LINKNAME(bound);
#endif
#else
extern int bound;
void api(int x);
int read_it(void);
int main(void) {
  bound = 5;
  if (read_it() != 5)
    return 1;
  api(4);
  return bound != 77;
}
#endif
