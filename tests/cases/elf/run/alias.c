// A second name is the same function and the same variable.
// REQUIRES: gcc, bfd, gold, lld, mold
// RUN: gcc -O2 -c -DPROVIDER %s -o %t.provider.o && gcc -O2 -c %s -o %t.o
// RUN: %rewritten %t.provider.o %t.new --alias second=first --alias "other.counter=counter"
// RUN: %link-and-run %t.exe gcc %t.o %t.new | FileCheck %s
// RUN: %link-and-run %t.exe gcc -Wl,--gc-sections %t.o %t.new | FileCheck %s
// CHECK: 1 3 1
#ifdef PROVIDER
int counter;
int first(void) { return ++counter; }
#else
#include <stdio.h>
int first(void), second(void);
extern int other_counter __asm__("other.counter");
int main(void) {
  int a = first();
  other_counter++;
  int b = second();
  printf("%d %d %d\n", a, b, first == second);
  return 0;
}
#endif
