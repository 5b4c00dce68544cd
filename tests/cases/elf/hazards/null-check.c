// A pointer that is never null at any call: the compiler may delete the check.
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
__attribute__((noinline)) static int bound(const int *value) {
  if (value == 0)
    return -1;
  return *value * 3;
}
int api(int x) {
  int y = x + 1;
  return bound(&x) + bound(&y);
}
#ifdef RECORD
LINKNAME(bound);
#endif
#else
int bound(const int *value);
int api(int x);
int main(void) {
  int x = 5;
  return bound(&x) != 15 || bound(0) != -1 || api(1) != 9;
}
#endif
