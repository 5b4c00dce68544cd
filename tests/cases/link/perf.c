// A profiler finds the time that a promoted static takes under its name, line by line, and who called it.
// REQUIRES: gcc, perf
// RUN: rm -rf %t && split-file %s %t && cd %t && gcc -O1 -g -c provider.c && ar rcs libprovider.a provider.o
// RUN: %tool cc -- gcc -O1 -g -I%include -c main.c && %tool link --handshake=off -- gcc -g main.o -L. -lprovider -o program
// RUN: perf record -q --call-graph dwarf -F 499 -e cpu-clock -o data ./program
// RUN: perf report -q --stdio --no-children -g none --sort symbol,srcline -i data | FileCheck %s --check-prefix=TIME
// TIME: {{[1-9][0-9]\.[0-9]*%}} [.] in_member provider.c:1
// RUN: perf script -i data -F ip,sym,srcline | FileCheck %s --check-prefix=STACK
// STACK:      in_member
// STACK-NEXT: provider.c:1
// STACK-NEXT: main
// STACK-NEXT: main.c:10
/// With a name of its own in the link, perf prefers the longer of the two names of the place.
// RUN: %tool cc -- gcc -O1 -g -I%include -DOWN -c main.c && %tool link --handshake=off -- gcc -g main.o -L. -lprovider -o own
// RUN: perf record -q --call-graph dwarf -F 499 -e cpu-clock -o data ./own
// RUN: perf report -q --stdio --no-children -g none --sort symbol,srcline -i data | FileCheck %s --check-prefix=OWN
// OWN: {{[1-9][0-9]\.[0-9]*%}} [.] provider.c:in_member provider.c:1
//--- main.c
#include <linkname/linkname.h>
int member(int);
#ifdef OWN
LINKNAME(member, "provider.c:in_member");
#else
LINKNAME(member, "in_member");
#endif
int main(void) {
  int x = 0;
  for (int i = 0; i < 200000000; ++i) x = member(x) & 3;
  return x & 4;
}
//--- provider.c
static __attribute__((noinline)) int in_member(int x) { return x + 2; }
int (*volatile keep_member)(int) = in_member;
