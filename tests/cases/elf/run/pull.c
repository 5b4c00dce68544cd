// A pull makes every reference go to the remote: two undefined entries of one name stand in the table afterwards, when
// the object referred to the remote by its own name too. Every linker accepts that.
// REQUIRES: gcc, bfd, gold, lld, mold
// RUN: gcc -O2 -c %s -o %t.o && gcc -O2 -c -DPROVIDER %s -o %t.provider.o
// RUN: %rewritten %t.o %t.new --rename local_name=remote.name.1 --rename local_variable=variable
// RUN: llvm-readelf --symbols %t.new | FileCheck %s --check-prefix=SYMBOLS --implicit-check-not=local_
// SYMBOLS-COUNT-2: GLOBAL DEFAULT UND remote.name.1{{$}}
// RUN: %link-and-run %t.exe gcc %t.new %t.provider.o | FileCheck %s
// RUN: %link-and-run %t.exe gcc -pie %t.new %t.provider.o | FileCheck %s
// RUN: %link-and-run %t.exe gcc -Wl,--gc-sections %t.new %t.provider.o | FileCheck %s
// CHECK: 6 6 1
#ifdef PROVIDER
int variable = 5;
int remote(int x) __asm__("remote.name.1");
int remote(int x) { return variable + x; }
#else
#include <stdio.h>
int local_name(int);
int remote(int) __asm__("remote.name.1");
extern int local_variable;
int main(void) {
  int (*volatile a)(int) = local_name, (*volatile b)(int) = remote;
  printf("%d %d %d\n", local_name(1), local_variable + remote(-4), a == b);
  return 0;
}
#endif
