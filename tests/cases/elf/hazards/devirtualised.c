// A function whose address is taken in the source, until the optimiser has made its calls direct.
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
typedef int function(const int *, int, int);
__attribute__((noinline)) static int bound(const int *x, int unused, int factor) { return *x * factor + *x / 3; }
static function *const table[] = {bound};
static int call(function *callee, int x) { return callee(&x, x, 3); }
int api(int x) { return call(bound, x) + call(table[0], x + 1); }
#ifdef RECORD
LINKNAME(bound);
#endif
#else
int bound(const int *x, int unused, int factor);
int api(int x);
int main(void) {
  int six = 6;
  return bound(&six, 1, 100) != 602 || api(1) != 9;
}
#endif
