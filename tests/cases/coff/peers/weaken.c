// Weaken: GNU objcopy writes a weak external without its auxiliary record, and lld-link crashes; llvm-objcopy cannot.
// Ours links with both linkers, with and without another definition. (GNU ld 2.40 finds no weak definition for what another
// object refers to, not even a compiler's own, so that is left to lld-link.)
// REQUIRES: clang-19, mingw, llvm-objcopy, lld-link, wine
// RUN: clang-19 --target=x86_64-pc-windows-msvc -O1 -c %s -o %t.o
// RUN: clang-19 --target=x86_64-pc-windows-msvc -O1 -I %S/../Inputs -DMAIN -c %s -o %t.main.o && clang-19 --target=x86_64-pc-windows-msvc -O1 -I %S/../Inputs -DMAIN -DSTRONG -c %s -o %t.strong.o
// RUN: x86_64-w64-mingw32-objcopy --weaken-symbol=chosen %t.o %t.gnu && not --crash lld-link /nologo /subsystem:console /entry:start %t.gnu %t.main.o /out:%t.exe 2>/dev/null
// RUN: not llvm-objcopy --weaken-symbol=chosen %t.o %t.llvm
// RUN: %rewritten %t.o %t.new --weaken chosen && bash -c 'cp $(x86_64-w64-mingw32-gcc -print-file-name=libkernel32.a) %t.kernel32.a'
// RUN: clang-19 --target=x86_64-pc-windows-msvc -O1 -I %S/../Inputs -DMAIN -DUSE -c %s -o %t.use.o && %run-windows %t.exe %t.new %t.use.o | FileCheck %s --check-prefix=USE
// RUN: lld-link /nologo /subsystem:console /entry:start %t.main.o %t.new %t.kernel32.a /out:%t.exe && %wine %t.exe | FileCheck %s
// RUN: %run-windows %t.exe %t.new %t.strong.o | FileCheck %s --check-prefix=STRONG
// CHECK: {{^}}1 1
// USE: {{^}}1
// STRONG: {{^}}2 2
#ifdef MAIN
#include "freestanding.h"
int chosen(void), use(void);
#ifdef STRONG
int chosen(void) { return 2; }
#endif
int program(void) {
#ifndef USE
  print_number(chosen());
#endif
  print_number(use());
  return 0;
}
#else
int chosen(void) { return 1; }
int (*volatile pointer)(void) = chosen;
int use(void) { return pointer(); }
#endif
