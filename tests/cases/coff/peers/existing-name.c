// A new name that exists already: the objcopies write it twice, and the link fails later. We refuse at once.
// REQUIRES: clang-19, mingw, llvm-objcopy, lld-link
// RUN: clang-19 --target=x86_64-pc-windows-msvc -c %s -o %t.o
// RUN: x86_64-w64-mingw32-objcopy --redefine-sym foo=bar %t.o %t.gnu && not lld-link /nologo /dll /noentry %t.gnu /out:%t.dll 2>/dev/null
// RUN: llvm-objcopy --redefine-sym foo=bar %t.o %t.llvm && not lld-link /nologo /dll /noentry %t.llvm /out:%t.dll 2>/dev/null
// RUN: %exits 1 %tool rewrite %t.o --rename foo=bar 2>&1 | FileCheck %s
// CHECK: error: {{.*}}'foo': cannot be renamed to 'bar', which is defined here already
int foo(void) { return 1; }
int bar(void) { return 2; }
