// What is nowhere is told before the linker speaks of undefined references, with the names that are near; what linkname
// cannot see into is a warning, and what a driver adds is looked at.
// REQUIRES: gcc, clang-19
// RUN: rm -rf %t && split-file %s %t && cd %t && gcc -O2 -c near.c
// RUN: %tool cc -- gcc -O2 -I%include '-DREMOTE="comptue"' -c main.c
// RUN: %exits 1 %tool link -- gcc main.o near.o -o x 2>&1 | FileCheck %s && not test -e x
// CHECK: error: LINKNAME at main.c:3: there is no symbol 'comptue' in any of {{[0-9]+}} objects; did you mean 'compute'?
/// A shared library may leave it to whoever loads it, and a partial link to the next one.
// RUN: gcc -O2 -fPIC -I%include -c -DREMOTE='"hosts"' main.c -o plugin.o && %tool link -- gcc -shared plugin.o -o plugin.so 2>&1 | FileCheck %s --check-prefix=LOADER && nm -D plugin.so | FileCheck %s --check-prefix=HOSTS
// LOADER: warning: LINKNAME at main.c:3: 'hosts' may be in what this library is loaded into: no file of this link defines it
// HOSTS: U hosts
// RUN: %exits 1 %tool link -- gcc -shared plugin.o -Wl,-z,defs -o x.so 2>&1 | FileCheck %s --check-prefix=DEFS
// DEFS: error: LINKNAME at main.c:3: there is no symbol 'hosts'
// RUN: %tool link --dry-run -- gcc -r plugin.o -o partial.o 2>&1 | FileCheck %s --check-prefix=PARTIAL
// PARTIAL: plugin.o: 'hosts' -> the next link (unknown)
/// In the C library, which the command does not name.
// RUN: %tool cc -- gcc -O2 -I%include '-DREMOTE="abs"' -c main.c
// RUN: %tool link --dry-run -- gcc main.o near.o -o x | FileCheck %s --check-prefix=LIBC
// LIBC: main.o: 'abs' -> {{.*}}libc.so.6 (public)
// RUN: %tool link --dry-run -- clang-19 -static main.o near.o -o x | FileCheck %s --check-prefix=STATIC
// STATIC: main.o: 'abs' -> {{.*}}libc.a(abs.o): .symtab[{{[0-9]+}}] 'abs' (public)
// RUN: %tool link -- gcc main.o near.o -o x && ./x | FileCheck %s --check-prefix=FOUR
// FOUR: 4
/// In a library that is not where the command looks, or in bitcode.
// RUN: %tool cc -- gcc -O2 -I%include '-DREMOTE="elsewhere"' -c main.c
// RUN: %tool link --dry-run -- ld main.o -lelsewhere -o x 2>&1 | FileCheck %s --check-prefix=LIBRARY
// LIBRARY: warning: LINKNAME at main.c:3: 'elsewhere' may be in -lelsewhere, which was not found where the command looks for libraries
// RUN: clang-19 -O2 -flto -DELSEWHERE -c near.c -o bitcode.o && ar rcs libbitcode.a bitcode.o
// RUN: %tool link --dry-run -- gcc main.o libbitcode.a -o x 2>&1 | FileCheck %s --check-prefix=BITCODE
// BITCODE: warning: LINKNAME at main.c:3: 'elsewhere' may be in libbitcode.a(bitcode.o), which is LLVM bitcode
//--- main.c
#include <linkname/linkname.h>
int local(int);
LINKNAME(local, REMOTE);
#include <stdio.h>
int main(void) { return printf("%d\n", local(-4)) < 0; }
//--- near.c
#ifdef ELSEWHERE
int elsewhere(int x) { return x; }
#endif
static __attribute__((noinline)) int compute(int x) { return x + 1; }
int (*volatile keep)(int) = compute;
