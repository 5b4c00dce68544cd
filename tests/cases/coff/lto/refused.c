// Code for link-time optimisation, import objects and anonymous ones are refused by name.
// REQUIRES: mingw, clang-19
// RUN: x86_64-w64-mingw32-gcc -flto -c %s -o %t.slim.o && %exits 1 %tool rewrite %t.slim.o --rename f=g 2>&1 | FileCheck %s --check-prefix=SLIM
// RUN: x86_64-w64-mingw32-gcc -flto -ffat-lto-objects -c %s -o %t.fat.o && %exits 1 %tool rewrite %t.fat.o --rename f=g 2>&1 | FileCheck %s --check-prefix=FAT
// RUN: clang-19 --target=x86_64-pc-windows-msvc -flto -c %s -o %t.bc && %exits 1 %tool rewrite %t.bc --rename f=g 2>&1 | FileCheck %s --check-prefix=BITCODE
// RUN: python3 -c 'import struct; open("%t.import.o", "wb").write(struct.pack("<HHHHIIHH", 0, 0xffff, 0, 0x8664, 0, 4, 0, 4) + b"f\0d\0")'
// RUN: %exits 3 %tool rewrite %t.import.o --rename f=g 2>&1 | FileCheck %s --check-prefix=IMPORT
// RUN: python3 -c 'import struct; open("%t.gl.o", "wb").write(struct.pack("<HHHHI", 0, 0xffff, 1, 0x8664, 0) + bytes(52))'
// RUN: %exits 1 %tool rewrite %t.gl.o --rename f=g 2>&1 | FileCheck %s --check-prefix=GL
// SLIM: holds nothing but code for link-time optimisation
// FAT: holds code for link-time optimisation beside its native code
// BITCODE: is LLVM bitcode for link-time optimisation
// IMPORT: is a member of an import library
// GL: is an anonymous object, such as cl.exe writes with /GL
int f(int x) { return x; }
