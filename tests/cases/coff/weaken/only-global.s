// Where there is no other global to make the default's name unique in the link, the file itself does.
// REQUIRES: clang-19
// RUN: clang-19 --target=x86_64-pc-windows-msvc -c %s -o %t.1.o && clang-19 --target=x86_64-pc-windows-msvc -DB -c -x assembler-with-cpp %s -o %t.2.o
// RUN: %tool rewrite %t.1.o --weaken f && %tool rewrite %t.2.o --weaken f
// RUN: llvm-nm %t.1.o %t.2.o | FileCheck %s
// CHECK: T .weak.f.default.[[FIRST:[0-9a-f]+]]{{$}}
// CHECK-NOT: [[FIRST]]
// CHECK: T .weak.f.default.{{[0-9a-f]+}}{{$}}
.globl f
f: ret
#ifdef B
nop
#endif
