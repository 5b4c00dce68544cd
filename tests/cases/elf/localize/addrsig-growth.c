// A symbol below index 128 that moves behind it needs two bytes in .llvm_addrsig instead of one: the section grows, and
// what follows it shifts.
// REQUIRES: clang-19, lld
// RUN: clang-19 -O1 -fno-ident -c %s -o %t.o
// RUN: %rewritten %t.o %t.new --localize last
// RUN: llvm-readelf --sections %t.o | FileCheck %s --check-prefix=BEFORE
// RUN: llvm-readelf --sections %t.new | FileCheck %s --check-prefix=AFTER
// BEFORE: .llvm_addrsig {{.*}} 000001 00 E
// AFTER:  .llvm_addrsig {{.*}} 000002 00 E
// RUN: llvm-readobj --addrsig %t.new | FileCheck %s
// CHECK: Sym: first ({{1[3-9][0-9]}})
// RUN: clang-19 -fuse-ld=lld -Wl,--icf=safe %t.new -o %t.exe && %t.exe
int first(int x) { return x; }
#define FUNCTION(n) int f##n(int x) { return x * n + 1; }
#define TEN(n) FUNCTION(n##0) FUNCTION(n##1) FUNCTION(n##2) FUNCTION(n##3) FUNCTION(n##4) FUNCTION(n##5) FUNCTION(n##6) FUNCTION(n##7) FUNCTION(n##8) FUNCTION(n##9)
TEN(1) TEN(2) TEN(3) TEN(4) TEN(5) TEN(6) TEN(7) TEN(8) TEN(9) TEN(10) TEN(11) TEN(12) TEN(13)
int main(void) {
  int (*volatile callback)(int) = first;
  return callback(0);
}
int last(int x) { return x + 1; }
