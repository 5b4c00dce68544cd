// Objects for link-time optimisation are refused, Clang's and GCC's (which keeps its code in a segment of its own).
// REQUIRES: clang-19
// RUN: clang-19 -target arm64-apple-macos11 -flto -c %s -o %t.o
// RUN: %exits 1 %tool rewrite %t.o --rename _foo=_bar 2>&1 | FileCheck %s --check-prefix=BITCODE
// BITCODE: error: {{.*}}: is LLVM bitcode for link-time optimisation, whose symbols linkname cannot edit; compile it with -fno-lto
// RUN: clang-19 -target arm64-apple-macos11 -DGNU -c %s -o %t.o
// RUN: %exits 1 %tool rewrite %t.o --rename _foo=_bar 2>&1 | FileCheck %s --check-prefix=FAT
// FAT: error: {{.*}}: holds code for link-time optimisation beside its native code
int foo(void) { return 1; }
#ifdef GNU
__attribute__((used, section("__GNU_LTO,__lto"))) static const char code[] = "intermediate";
#endif
