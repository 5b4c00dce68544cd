// A variable that is never written: the compiler may put its value where it is read.
// Without a record the program is right, or linkname-tool refuses or warns; with one it is right.
// REQUIRES: gcc, clang-14, clang-19
// RUN: %hazard 'refused|warned|right' gcc -O2
// RUN: %hazard right clang-14 -O2
// RUN: %hazard right clang-19 -O2
// RUN: %hazard right gcc -O2 -DRECORD -I%include
// RUN: %hazard right clang-14 -O2 -DRECORD -I%include
// RUN: %hazard right clang-19 -O2 -DRECORD -I%include
#ifdef RECORD
#include <linkname/linkname.h>
#endif
#ifdef PROVIDER
static int bound = 12;
int other;
__attribute__((noinline)) int read_it(void) { return bound + other; }
const int *keep(int x) { return x > 1000000 ? &bound : &other; }
#ifdef RECORD
LINKNAME(bound);
#endif
#else
extern int bound;
int read_it(void);
int main(void) {
  bound = 40;
  return read_it() != 40;
}
#endif
