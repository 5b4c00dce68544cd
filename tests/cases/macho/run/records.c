// A pull, a push and an export by records, of functions and of variables; the records themselves are not in the program.
// Written again by the same records, the objects stay as they are.
// REQUIRES: macho-runner
// RUN: %macho-everywhere %t 'for level in -O0 -O2; do                                                                 \
// RUN:   $cc $level -I%include -DPROVIDER -c %s -o $o.provider.o && $cc $level -I%include -c %s -o $o.o &&            \
// RUN:   ! $cc $o.o $o.provider.o -o $o 2> /dev/null &&                                                               \
// RUN:   %tool rewrite --strict $o.provider.o $o.o > /dev/null &&                                                     \
// RUN:   for f in $o.o $o.provider.o; do cp $f $f.once && %tool rewrite --strict $f > /dev/null && cmp $f $f.once; done && \
// RUN:   $cc $o.o $o.provider.o -o $o && $run $o &&                                                                   \
// RUN:   ! llvm-objdump --section-headers $o | grep __linkname; done' | FileCheck %s
// CHECK-COUNT-2: 3 10 42 11 one 1
#include <linkname/linkname.h>
#ifdef PROVIDER
static int count = 2;
static int next(void) { return ++count; }
LINKNAME(next, "counter.next");
static int exported(int x) { return x * 2; }
LINKNAME(exported);
static int answer = 42;
LINKNAME(answer, "the answer");
static int other = 11;
LINKNAME(other);
LINKNAME(count, "counter.count");
LINKNAME(count, "counter.count too");
int same(const int *volatile a, const int *volatile b) { return a == &count && b == &count; }
#else
#include <stdio.h>
int pulled_next(void);
LINKNAME(pulled_next, "counter.next");
int pulled_export(int x);
LINKNAME(pulled_export, "exported");
extern int pulled_answer, other, first, second;
LINKNAME(pulled_answer, "the answer");
LINKNAME(first, "counter.count");
LINKNAME(second, "counter.count too");
int same(const int *volatile a, const int *volatile b);
int main(void) {
  int three = pulled_next();
  printf("%d %d %d %d %s %d\n", three, pulled_export(5), pulled_answer, other, first == 3 ? "one" : "two",
         same(&first, &second));
}
#endif
