// A promoted static is debugged as before: it stops by its own name, and its addresses are those of its source.
// REQUIRES: gcc, gdb
// RUN: rm -rf %t && split-file %s %t && cd %t && gcc -O1 -g -c provider.c && ar rcs libprovider.a provider.o && rm provider.o
// RUN: %tool cc -- gcc -O1 -g -I%include -c main.c && %tool link --handshake=off -- gcc -g main.o -L. -lprovider -o program
// RUN: gdb -nx -batch -ex 'break in_member' -ex run -ex backtrace -ex 'info line' ./program 2>&1 | FileCheck %s
// CHECK: Breakpoint 1, in_member (x={{[0-9]+}}) at provider.c:1
// CHECK: #0  in_member (x={{[0-9]+}}) at provider.c:1
// CHECK: #1  {{.*}}main () at main.c:{{[0-9]+}}
// RUN: nm program | grep ' in_member' | cut -d' ' -f1 | head -1 > address && sh -c 'addr2line -f -e program $(cat address)' | FileCheck %s --check-prefix=LINE
// LINE:      in_member
// LINE-NEXT: provider.c:1
/// The same under a name of its own, which the debugger need not know.
// RUN: %tool cc -- gcc -O1 -g -I%include -DOWN -c main.c && %tool link --handshake=off -- gcc -g main.o -L. -lprovider -o own
// RUN: gdb -nx -batch -ex 'break in_member' -ex run -ex backtrace ./own 2>&1 | FileCheck %s
//--- main.c
#include <linkname/linkname.h>
#ifdef OWN
int member(int); LINKNAME(member, "provider.c:in_member");
int main(void) { return member(41) - 43; }
#else
int member(int); LINKNAME(member, "in_member");

int main(void) { return member(41) - 43; }
#endif
//--- provider.c
static __attribute__((noinline)) int in_member(int x) { return x + 2; }
int (*volatile keep_member)(int) = in_member;
