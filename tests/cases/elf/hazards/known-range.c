// An argument whose range is known from all calls: the compiler may delete the check for others.
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
static const signed char table[8] = {1, 2, 3, 4, 5, 6, 7, 8};
__attribute__((noinline)) static int bound(unsigned index) {
  if (index > 7)
    return -1;
  return table[index];
}
int api(unsigned x) { return bound(x & 7) + bound((x >> 3) & 7); }
#ifdef RECORD
LINKNAME(bound);
#endif
#else
int bound(unsigned index);
int api(unsigned x);
int main(void) { return bound(12) != -1 || bound(99999) != -1 || bound(3) != 4 || api(1) != 3; }
#endif
