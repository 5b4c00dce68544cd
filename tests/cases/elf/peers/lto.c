// Objects for link-time optimisation: of a fat one the objcopies rename the native half only, and the program that is linked
// from the other half has the old name. llvm-objcopy does so with a slim one as well, in silence.
// REQUIRES: gcc, objcopy, llvm-objcopy
// RUN: gcc -O2 -flto -ffat-lto-objects -c %s -o %t.fat.o && gcc -O2 -flto -fno-fat-lto-objects -c %s -o %t.slim.o
// RUN: gcc -O2 -flto -DMAIN -c %s -o %t.main.o
// RUN: objcopy --redefine-sym foo=bar %t.fat.o %t.gnu.o && not gcc -O2 -flto %t.main.o %t.gnu.o -o %t.exe 2>/dev/null
// RUN: llvm-objcopy --redefine-sym foo=bar %t.fat.o %t.llvm.o && not gcc -O2 -flto %t.main.o %t.llvm.o -o %t.exe 2>/dev/null
// RUN: llvm-objcopy --redefine-sym foo=bar %t.slim.o %t.llvm.o && not gcc -O2 -flto %t.main.o %t.llvm.o -o %t.exe 2>/dev/null
// RUN: %exits 1 %tool rewrite %t.fat.o --rename foo=bar 2>&1 | FileCheck %s
// RUN: %exits 1 %tool rewrite %t.slim.o --rename foo=bar 2>&1 | FileCheck %s
// CHECK: error: {{.*}}.o: holds {{.*}}code for link-time optimisation{{.*}}; compile it with -fno-lto
#ifdef MAIN
int bar(int);
int main(void) { return bar(3) != 10; }
#else
int foo(int by) { return by + 7; }
#endif
