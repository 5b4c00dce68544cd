// Clang's: bitcode alone, and native code with bitcode in .llvm.lto.
// REQUIRES: clang-14, clang-19
// RUN: clang-19 -O2 -flto -c %s -o %t.bc.o && clang-14 -O2 -flto=thin -c %s -o %t.bc14.o
// RUN: clang-19 -O2 -flto -ffat-lto-objects -c %s -o %t.fat.o && cp %t.fat.o %t.orig
// RUN: %exits 1 %tool rewrite %t.bc.o --rename foo=bar 2>&1 | FileCheck %s --check-prefix=BITCODE
// RUN: %exits 1 %tool rewrite %t.bc14.o --rename foo=bar 2>&1 | FileCheck %s --check-prefix=BITCODE
// RUN: %exits 1 %tool inspect %t.bc.o 2>&1 | FileCheck %s --check-prefix=BITCODE
// BITCODE: error: {{.*}}.o: is LLVM bitcode for link-time optimisation, whose symbols linkname cannot edit; compile it with -fno-lto
// RUN: %exits 1 %tool rewrite %t.fat.o --rename foo=bar 2>&1 | FileCheck %s --check-prefix=FAT
// FAT: error: {{.*}}.fat.o: holds code for link-time optimisation beside its native code, and editing one half of it would go wrong; compile it with -fno-lto
// RUN: %tool rewrite %t.fat.o && cmp %t.fat.o %t.orig
int foo(int by) { return by + 3; }
