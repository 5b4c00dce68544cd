// A variable full of labels (GCC's "Labels as Values") may hold where its function begins. That is no sign that anybody took
// the function's address.
// REQUIRES: gcc, clang-19
// RUN: %hazard 'refused|warned' gcc -O2 -fno-pic -no-pie
// RUN: %hazard 'refused|warned' gcc -O2
// RUN: %hazard 'refused|warned' clang-19 -O2 -fno-addrsig
// RUN: %hazard right gcc -O2 -DRECORD -I%include
// RUN: %hazard right clang-19 -O2 -DRECORD -I%include
#ifdef RECORD
#include <linkname/linkname.h>
#endif
#ifdef PROVIDER
int a, b, c;
__attribute__((noinline)) static void bound(const unsigned char *code, unsigned limit) {
  static const void *const labels[] = {&&top, &&one, &&two, &&three, &&end};
top:
  if (limit > 7)
    a = 1000;
  goto *labels[*code++];
one:
  a++;
  goto *labels[*code++];
two:
  b += a;
  goto *labels[*code++];
three:
  c ^= b;
  goto *labels[*code++];
end:
  return;
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
  bound((const unsigned char *)"\0\4", 99);
  return a != 1000;
}
#endif
