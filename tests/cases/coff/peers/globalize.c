// Globalize a static: GNU objcopy turns its entry, llvm-objcopy cannot; neither looks whether it is safe.
// REQUIRES: clang-19, mingw, llvm-objcopy, lld-link, wine
// RUN: clang-19 --target=x86_64-pc-windows-msvc -O2 -I %S/../Inputs -DMAIN -c %s -o %t.main.o
// RUN: x86_64-w64-mingw32-gcc -O0 -g -c %s -o %t.o
// RUN: x86_64-w64-mingw32-objcopy --globalize-symbol=helper %t.o %t.gnu && %run-windows %t.exe %t.gnu %t.main.o | FileCheck %s --check-prefix=RIGHT
// RUN: not llvm-objcopy --globalize-symbol=helper %t.o %t.llvm
// RUN: %rewritten %t.o %t.new --export helper --strict && %run-windows %t.exe %t.new %t.main.o | FileCheck %s --check-prefix=RIGHT
// Optimised by Clang, the function has lost its second argument, and the program is wrong; we refuse.
// RUN: clang-19 --target=x86_64-pc-windows-msvc -O2 -c %s -o %t.o
// RUN: x86_64-w64-mingw32-objcopy --globalize-symbol=helper %t.o %t.gnu && %run-windows %t.exe %t.gnu %t.main.o | FileCheck %s --check-prefix=WRONG
// RUN: %exits 1 %tool rewrite %t.o --export helper 2>&1 | FileCheck %s
// RIGHT: {{^}}62
// WRONG-NOT: 62
// CHECK: error: {{.*}}'helper': calling or using it from outside is not safe: .llvm_addrsig does not list it
#ifdef MAIN
#include "freestanding.h"
int helper(int x, int factor);
int program(void) {
  print_number(helper(6, 10));
  return 0;
}
#else
__attribute__((noinline)) static int helper(int x, int factor) { return x * factor + x / 3; }
int api(int x) { return helper(x, 3) + helper(x + 1, 3); }
#endif
