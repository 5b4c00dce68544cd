/* Two of these in one program: equal counters must not clash. */
#include <linkname/linkname.h>
#ifdef SECOND
int a2(int);
static int b2(int x) { return x; }
LINKNAME(a2, "ra2"); LINKNAME(b2, "rb2");
int c2(int x) { return a2(x) + b2(x); }
#else
int a1(int);
static int b1(int x) { return x; }
LINKNAME(a1, "ra1"); LINKNAME(b1, "rb1");
int c1(int x) { return a1(x) + b1(x); }
#endif
