// Weaken: llvm-objcopy 19 can, 14 refuses; of an undefined symbol 19 says nothing and does nothing.
// REQUIRES: clang-19, llvm-objcopy, llvm-19
// RUN: clang-19 -target arm64-apple-macos11 -O1 -c %s -o %t.o
// RUN: llvm-objcopy --weaken-symbol=_foo --weaken-symbol=_callee %t.o %t.19 && llvm-nm -m %t.19 | FileCheck %s --check-prefix=PEER
// RUN: %macho-rewritten %t.o %t.new --weaken _foo --weaken _callee && llvm-nm -m %t.new | FileCheck %s
// PEER-DAG: (undefined) external _callee
// PEER-DAG: weak external _foo
// CHECK-DAG: (undefined) weak external _callee
// CHECK-DAG: weak external _foo
int callee(void);
int foo(void) { return callee(); }
