// A structure of which only some members are used: the compiler may split it or drop the rest.
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
struct state {
  int first, second, third;
};
static struct state bound = {1, 2, 3};
void api(int x) { bound.first = x; }
int read_it(void) { return bound.first + bound.third; }
#ifdef RECORD
LINKNAME(bound);
#endif
#else
extern struct state {
  int first, second, third;
} bound;
void api(int x);
int read_it(void);
int main(void) {
  api(4);
  bound.third = 30;
  return read_it() != 34 || bound.second != 2;
}
#endif
