// An argument that the function does not use: the compiler may drop it and move the others.
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
__attribute__((noinline)) static int bound(int unused, int x) { return x * x + x / 3; }
int api(int x) { return bound(x, x + 1) + bound(x + 2, x); }
#ifdef RECORD
LINKNAME(bound);
#endif
#else
int bound(int unused, int x);
int api(int x);
int main(void) { return bound(100, 6) != 38 || api(1) != 5; }
#endif
