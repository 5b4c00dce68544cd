// A second name: GNU objcopy takes a section and an offset, and by name writes an absolute 0; llvm-objcopy knows no way.
// REQUIRES: clang-19, mingw, llvm-objcopy, lld-link, wine
// RUN: clang-19 --target=x86_64-pc-windows-msvc -c %s -o %t.o && clang-19 --target=x86_64-pc-windows-msvc -I %S/../Inputs -DMAIN -c %s -o %t.main.o
// RUN: x86_64-w64-mingw32-objcopy --add-symbol second=foo %t.o %t.gnu && llvm-nm %t.gnu | FileCheck %s --check-prefix=ABSOLUTE
// RUN: not llvm-objcopy --add-symbol second=foo %t.o %t.llvm && not llvm-objcopy --add-symbol second=.text:0,global %t.o %t.llvm
// RUN: %rewritten %t.o %t.new --alias second=foo && %run-windows %t.exe %t.new %t.main.o | FileCheck %s
// ABSOLUTE: A second
// CHECK: {{^}}1 1
#ifdef MAIN
#include "freestanding.h"
int foo(void), second(void);
int program(void) {
  print_number(foo());
  print_number(second());
  return 0;
}
#else
int foo(void) { return 1; }
#endif
