// Localize what the object exports: GNU objcopy does, and the link fails later. We refuse.
// REQUIRES: clang-19, mingw, llvm-objcopy, lld-link
// RUN: clang-19 --target=x86_64-pc-windows-msvc -c %s -o %t.o
// RUN: x86_64-w64-mingw32-objcopy --localize-symbol=foo %t.o %t.gnu && not lld-link /nologo /dll /noentry %t.gnu /out:%t.dll 2>/dev/null
// RUN: not llvm-objcopy --localize-symbol=foo %t.o %t.llvm
// RUN: %exits 1 %tool rewrite %t.o --localize foo 2>&1 | FileCheck %s
// CHECK: error: {{.*}}'foo': is exported from the DLL by an option in .drectve, and cannot be made local
__declspec(dllexport) int foo(void) { return 1; }
