// A jump table of the function itself may hold the address of its very first instruction. That is no sign that anybody took
// the function's address, and must not count as one.
// REQUIRES: gcc, clang-19
// RUN: %hazard 'refused|warned' gcc -O2 -fno-pic -no-pie
// RUN: %hazard 'refused|warned' clang-19 -O2 -fno-pic -no-pie -fno-addrsig
// RUN: %hazard right gcc -O2 -fno-pic -no-pie -DRECORD -I%include
// RUN: %hazard right clang-19 -O2 -fno-pic -no-pie -DRECORD -I%include
#ifdef RECORD
#include <linkname/linkname.h>
#endif
#ifdef PROVIDER
int a, b, c, d, e;
__attribute__((noinline)) static void bound(const unsigned char *code, unsigned limit) {
  for (;;) {
    if (limit > 7)
      a = 1000;
    switch (*code++) {
    case 0: continue;
    case 1: a++; continue;
    case 2: b += a; continue;
    case 3: c ^= b; continue;
    case 4: d -= c; continue;
    case 5: e *= 3; continue;
    case 6: a = b; continue;
    default: return;
    }
  }
}
void api(const unsigned char *code, unsigned x) {
  bound(code, x & 7);
  bound(code + 1, (x >> 3) & 7);
}
#ifdef RECORD
LINKNAME(bound);
#endif
#else
extern int a;
void bound(const unsigned char *code, unsigned limit);
int main(void) {
  bound((const unsigned char *)"\0\7", 99);
  return a != 1000;
}
#endif
