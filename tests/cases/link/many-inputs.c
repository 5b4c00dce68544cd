// A link may have more inputs than a process may open files: all are seen. One that cannot be read is an error, since a
// record in it would not be obeyed.
// REQUIRES: gcc
// UNSUPPORTED: sanitized
// RUN: rm -rf %t && split-file %s %t && cd %t && gcc -I%include -c main.c && gcc -c provider.c && gcc -c -xc /dev/null -o none.o
// RUN: sh -c 'for i in $(seq 100); do cp none.o none-$i.o; done'
/// What asks and what defines stand behind all others.
// RUN: sh -c 'ulimit -n 40 && exec %tool link --handshake=off -- gcc none-*.o main.o provider.o -o program' && ./program
/// A file that is there but cannot be mapped.
// RUN: %exits 4 sh -c 'ulimit -v 40000 && truncate -s 1G none-1.o && exec %tool link --handshake=off -- gcc none-*.o main.o provider.o -o no' 2>&1 | FileCheck %s && not test -e no
// CHECK: error: none-1.o: cannot map: Cannot allocate memory
//--- main.c
#include <linkname/linkname.h>
int member(int);
LINKNAME(member, "in_member");
int main(void) { return member(41) - 43; }
//--- provider.c
static __attribute__((noinline)) int in_member(int x) { return x + 2; }
int (*volatile keep_member)(int) = in_member;
