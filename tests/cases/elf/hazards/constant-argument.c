// An argument that is the same constant at every call: the compiler may make it part of the function.
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
__attribute__((noinline)) static int bound(int x, int factor) { return x * factor + x / 3; }
int api(int x) { return bound(x, 3) + bound(x + 1, 3); }
#ifdef RECORD
LINKNAME(bound);
#endif
#else
int bound(int x, int factor);
int api(int x);
int main(void) { return bound(6, 100) != 602 || api(1) != 9; }
#endif
