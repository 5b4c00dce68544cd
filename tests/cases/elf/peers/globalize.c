// Globalize a static: everybody can, but the objcopies move the symbol to the globals, and do not look whether it is safe.
// Ours adds a global entry and leaves every index as it is.
// REQUIRES: gcc, clang-19, objcopy, llvm-objcopy
// RUN: gcc -O0 -g -c %s -o %t.o && gcc -c -DMAIN %s -o %t.main.o
// RUN: objcopy --globalize-symbol=helper %t.o %t.gnu && gcc %t.gnu %t.main.o -o %t.exe && %t.exe
// RUN: llvm-objcopy --globalize-symbol=helper %t.o %t.llvm && gcc %t.llvm %t.main.o -o %t.exe && %t.exe
// RUN: %rewritten %t.o %t.new --export helper --strict && gcc %t.new %t.main.o -o %t.exe && %t.exe
// Optimised by Clang, the function has lost its second argument, and the program is wrong; we refuse.
// RUN: clang-19 -O2 -c %s -o %t.o
// RUN: objcopy --globalize-symbol=helper %t.o %t.gnu && gcc %t.gnu %t.main.o -o %t.exe && not %t.exe
// RUN: llvm-objcopy --globalize-symbol=helper %t.o %t.llvm && gcc %t.llvm %t.main.o -o %t.exe && not %t.exe
// RUN: %exits 1 %tool rewrite %t.o --export helper 2>&1 | FileCheck %s
// CHECK: error: {{.*}}'helper': calling or using it from outside is not safe: .llvm_addrsig does not list it
#ifdef MAIN
int helper(int x, int factor);
int main(void) { return helper(6, 100) != 602; }
#else
__attribute__((noinline)) static int helper(int x, int factor) { return x * factor + x / 3; }
int api(int x) { return helper(x, 3) + helper(x + 1, 3); }
#endif
