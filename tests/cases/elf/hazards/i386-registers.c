// On i386 the compiler passes the arguments of a static function in registers, where a caller from outside puts them on the
// stack.
// Without a record linkname-tool refuses or warns; with one the program is right.
// REQUIRES: i686-gcc, clang-19
// RUN: %hazard 'refused|warned' i686-linux-gnu-gcc -O2 -static
// RUN: %hazard refused clang-19 --target=i686-linux-gnu -O2 -static
// RUN: %hazard 'refused|warned' clang-19 --target=i686-linux-gnu -O2 -static -fno-addrsig
// RUN: %hazard right i686-linux-gnu-gcc -O2 -static -DRECORD -I%include
// RUN: %hazard right clang-19 --target=i686-linux-gnu -O2 -static -DRECORD -I%include
#ifdef RECORD
#include <linkname/linkname.h>
#endif
#ifdef PROVIDER
int state;
__attribute__((noinline)) static int bound(int a, int b) {
  state += a;
  return a * 10 + b + state;
}
int api(int x) { return bound(x, x + 1) - bound(x + 3, x); }
#ifdef RECORD
LINKNAME(bound);
#endif
#else
int bound(int a, int b);
int main(void) { return bound(4, 2) != 46; }
#endif
