// A variable that only ever holds two values: the compiler may keep it in one byte, as a truth value.
// Without a record the program is right, or linkname-tool refuses or warns; with one it is right.
// REQUIRES: gcc, clang-14, clang-19
// RUN: %hazard 'refused|warned|right' gcc -O2
// RUN: %hazard refused clang-14 -O2
// RUN: %hazard refused clang-19 -O2
// RUN: %hazard right gcc -O2 -DRECORD -I%include
// RUN: %hazard right clang-14 -O2 -DRECORD -I%include
// RUN: %hazard right clang-19 -O2 -DRECORD -I%include
#ifdef RECORD
#include <linkname/linkname.h>
#endif
#ifdef PROVIDER
static int bound;
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
