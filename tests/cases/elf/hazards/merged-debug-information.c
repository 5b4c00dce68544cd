// An object that `ld -r` has made of several: what one file's debug information says about its own static is no evidence for
// another file's static of the same name.
// REQUIRES: gcc, clang-19, bfd
// RUN: gcc -O0 -g -DFIRST -c %s -o %t.first.o && clang-19 -O2 -fno-addrsig -DSECOND -c %s -o %t.second.o
// RUN: ld.bfd -r %t.first.o %t.second.o -o %t.o
// RUN: %tool inspect %t.o | FileCheck %s
// CHECK-COUNT-2: static {{.*}} flag {{.*}}unverifiable:
// RUN: %tool inspect %t.first.o | FileCheck %s --check-prefix=FIRST
// FIRST: static {{.*}} flag {{.*}}safe: its debug information says that GCC compiled it without optimisation
#ifdef FIRST
static char flag;
int first(void) { return flag++; }
#else
static int flag;
void set(int x) {
  if (x > 3)
    flag = 77;
}
int get(void) { return flag; }
#endif
