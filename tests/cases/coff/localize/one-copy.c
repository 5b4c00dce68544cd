// What /Gy makes of every function, a section of its own that may be in the link once, is no inline function: nobody's copy
// takes its place, so it can be made local, weak or known by a second name without a word.
// REQUIRES: clang-19, lld-link, mingw, wine
// RUN: rm -rf %t && mkdir %t && cp %s %t/x.c && cd %t && clang-cl-19 --target=x86_64-pc-windows-msvc /O2 /Gy /Zl /GS- /c x.c /Fox.obj
// RUN: %tool rewrite x.obj -o y.obj --localize helper --weaken other --alias second=third 2>&1 | FileCheck %s
// CHECK-NOT:  warning
// CHECK-DAG: localize 'helper'
// CHECK-DAG: weaken 'other'
// CHECK-DAG: add 'second' = 'third'
// RUN: clang-cl-19 --target=x86_64-pc-windows-msvc /O2 /Gy /Zl /GS- -DUSER -I%S/../Inputs /c x.c /Fouser.obj
// RUN: %run-windows %t/z y.obj user.obj | FileCheck %s --check-prefix=RUNS
// RUNS: 1 20 3 0
#ifdef USER
#include "freestanding.h"
int first(int), other(int), second(int);
int helper(int x) { return x + 100; }
int other(int x) { return x + 20; }
int program(void) {
  print_number(first(0));
  print_number(other(0));
  print_number(second(0));
  print_number(helper(-100));
  return 0;
}
#else
int helper(int x) { return x + 1; }
int other(int x) { return x + 2; }
int third(int x) { return x + 3; }
int (*volatile keep)(int) = helper;
int first(int x) { return keep(x); }
#endif
