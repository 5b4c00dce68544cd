// mingw code reads other objects' variables through a pointer `.refptr.name` in a COMDAT section called after it. The
// objcopies rename the variable alone, and the linker keeps one pointer for two variables: the program is wrong. With the
// pointer renamed by hand GNU ld drops one, since it tells the sections apart by their names. Ours renames all three.
// REQUIRES: clang-19, mingw, llvm-objcopy, lld-link, wine
// RUN: x86_64-w64-mingw32-gcc -O1 -DNAME=first -c %s -o %t.1.o && x86_64-w64-mingw32-gcc -O1 -DNAME=second -c %s -o %t.2.o
// RUN: x86_64-w64-mingw32-gcc -O1 -I %S/../Inputs -DMAIN -c %s -o %t.main.o
// RUN: x86_64-w64-mingw32-objcopy --redefine-sym data=one %t.1.o %t.1.gnu && x86_64-w64-mingw32-objcopy --redefine-sym data=two %t.2.o %t.2.gnu
// RUN: not %run-windows %t.exe %t.main.o %t.1.gnu %t.2.gnu 2>&1 | FileCheck %s --check-prefix=WRONG
// RUN: llvm-objcopy --redefine-sym data=one %t.1.o %t.1.llvm && llvm-objcopy --redefine-sym data=two %t.2.o %t.2.llvm
// RUN: not %run-windows %t.exe %t.main.o %t.1.llvm %t.2.llvm 2>&1 | FileCheck %s --check-prefix=WRONG
// RUN: llvm-objcopy --redefine-sym .refptr.data=.refptr.one %t.1.llvm %t.1.both && llvm-objcopy --redefine-sym .refptr.data=.refptr.two %t.2.llvm %t.2.both
// RUN: not %run-windows %t.exe %t.main.o %t.1.both %t.2.both 2>&1 | FileCheck %s --check-prefix=DROPPED
// RUN: %rewritten %t.1.o %t.1.new --rename data=one && %rewritten %t.2.o %t.2.new --rename data=two
// RUN: %run-windows %t.exe %t.main.o %t.1.new %t.2.new | FileCheck %s
/// Which of the two is wrong depends on the order of the objects.
// WRONG: differ
// DROPPED: undefined reference to `.refptr.two'
// CHECK: {{^}}1 2
#ifdef MAIN
#include "freestanding.h"
int one = 1, two = 2;
int first(void), second(void);
int program(void) {
  print_number(first());
  print_number(second());
  return 0;
}
#else
extern int data;
int NAME(void) { return data; }
#endif
