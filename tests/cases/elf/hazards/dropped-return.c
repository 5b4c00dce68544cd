// A result that no caller looks at: the compiler may not compute it.
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
int state;
__attribute__((noinline)) static int bound(int x) {
  state += x;
  return x * 7 + state;
}
void api(int x) {
  bound(x);
  bound(x + 1);
}
#ifdef RECORD
LINKNAME(bound);
#endif
#else
int bound(int x);
void api(int x);
int main(void) {
  api(1);
  return bound(4) != 35;
}
#endif
