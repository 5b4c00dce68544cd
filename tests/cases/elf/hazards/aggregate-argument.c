// A structure passed by value or by pointer of which one member is used: the compiler may pass that alone.
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
struct pair {
  long first, second;
};
__attribute__((noinline)) static long bound(const struct pair *pair, long by) { return pair->second * by + by / 7; }
long api(long x) {
  struct pair pair = {x, x + 1};
  return bound(&pair, x) + bound(&pair, x + 2);
}
#ifdef RECORD
LINKNAME(bound);
#endif
#else
struct pair {
  long first, second;
};
long bound(const struct pair *pair, long by);
long api(long x);
int main(void) {
  struct pair pair = {5, 6};
  return bound(&pair, 10) != 61 || api(1) != 8;
}
#endif
