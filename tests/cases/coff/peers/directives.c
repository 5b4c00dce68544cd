// A renamed dllexport: the objcopies leave `.drectve` as it was, and the link fails later. Ours follows.
// REQUIRES: clang-19, mingw, llvm-objcopy, lld-link
// RUN: clang-19 --target=x86_64-pc-windows-msvc -c %s -o %t.o
// RUN: x86_64-w64-mingw32-objcopy --redefine-sym foo=baz %t.o %t.gnu && not lld-link /nologo /dll /noentry %t.gnu /out:%t.dll 2>&1 | FileCheck %s
// RUN: llvm-objcopy --redefine-sym foo=baz %t.o %t.llvm && not lld-link /nologo /dll /noentry %t.llvm /out:%t.dll 2>&1 | FileCheck %s
// RUN: %rewritten %t.o %t.new --rename foo=baz && lld-link /nologo /dll /noentry %t.new /out:%t.dll && llvm-readobj --coff-exports %t.dll | FileCheck %s --check-prefix=OURS
// CHECK: undefined symbol: foo
// OURS: Name: baz
__declspec(dllexport) int foo(void) { return 1; }
