// A renamed dllexport: the DLL exports the new name, and nothing is left of the old one.
// REQUIRES: clang-19, mingw, lld-link
// RUN: clang-19 --target=x86_64-pc-windows-msvc -O1 -c %s -o %t.o && %rewritten %t.o %t.new --rename exported=published_name --rename variable=published_variable
// RUN: lld-link /nologo /dll /noentry %t.new /out:%t.dll && llvm-readobj --coff-exports %t.dll | FileCheck %s
// RUN: x86_64-w64-mingw32-ld -shared %t.new -o %t.dll && llvm-readobj --coff-exports %t.dll | FileCheck %s
// RUN: x86_64-w64-mingw32-gcc -O1 -c %s -o %t.o && %rewritten %t.o %t.new --rename exported=published_name --rename variable=published_variable
// RUN: x86_64-w64-mingw32-ld -shared %t.new -o %t.dll && llvm-readobj --coff-exports %t.dll | FileCheck %s
// RUN: lld-link /nologo /lldmingw /dll /noentry %t.new /out:%t.dll && llvm-readobj --coff-exports %t.dll | FileCheck %s
// CHECK-NOT: Name: exported
// CHECK: Name: published_name
// CHECK: Name: published_variable
__declspec(dllexport) int exported(int x) { return x; }
__declspec(dllexport) int variable = 3;
