// A copy without any change: only GNU objcopy on GCC's objects, and ours on all, give the same bytes. A name that is not
// there is nothing to the objcopies.
// REQUIRES: clang-19, mingw, llvm-objcopy
// RUN: clang-19 --target=x86_64-pc-windows-msvc -c %s -o %t.clang.o && x86_64-w64-mingw32-gcc -c %s -o %t.gcc.o
// RUN: x86_64-w64-mingw32-objcopy %t.gcc.o %t.copy && cmp %t.gcc.o %t.copy && x86_64-w64-mingw32-objcopy %t.clang.o %t.copy && not cmp %t.clang.o %t.copy
// RUN: llvm-objcopy %t.gcc.o %t.copy && not cmp %t.gcc.o %t.copy && llvm-objcopy %t.clang.o %t.copy && not cmp %t.clang.o %t.copy
// RUN: %tool rewrite %t.gcc.o -o %t.copy && cmp %t.gcc.o %t.copy && %tool rewrite %t.clang.o -o %t.copy && cmp %t.clang.o %t.copy
// RUN: x86_64-w64-mingw32-objcopy --redefine-sym foox=bar %t.gcc.o %t.copy && llvm-objcopy --redefine-sym foox=bar %t.gcc.o %t.copy
// RUN: %exits 1 %tool rewrite %t.gcc.o --rename foox=bar 2>&1 | FileCheck %s
// CHECK: error: --rename: there is no symbol 'foox' in {{.*}}; did you mean 'foo'?
int foo(void) { return 1; }
