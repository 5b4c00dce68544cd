// localize with .llvm_addrsig: past symbol 127 every index takes two bytes, so the section grows and all behind it moves.
// ld.lld --icf=safe still folds what may be folded, keeps apart what may not, and the program runs.
// REQUIRES: clang-19, lld
// RUN: clang-19 -O1 -ffunction-sections -c %s -o %t.o
// RUN: llvm-readobj --addrsig %t.o > %t.before
// RUN: %rewritten %t.o %t.new --localize last --localize callback_a --localize callback_b
// RUN: llvm-readobj --addrsig %t.new > %t.after
// The list names the same symbols as before.
// RUN: grep -o 'Sym: [^ ]*' %t.before > %t.names && grep -o 'Sym: [^ ]*' %t.after | cmp - %t.names
// RUN: clang-19 -fuse-ld=lld -Wl,--icf=safe,--print-icf-sections %t.new -o %t.exe | FileCheck %s --check-prefix=FOLDED --implicit-check-not=callback
// FOLDED: .new:(.text.same_a)
// FOLDED: .new:(.text.same_b)
// RUN: %t.exe | FileCheck %s
// CHECK: apart: 1, sum: 24
#include <stdio.h>
#define FUNCTION(n) int f##n(int x) { return x * n + 1; }
#define TEN(n) FUNCTION(n##0) FUNCTION(n##1) FUNCTION(n##2) FUNCTION(n##3) FUNCTION(n##4) FUNCTION(n##5) FUNCTION(n##6) FUNCTION(n##7) FUNCTION(n##8) FUNCTION(n##9)
TEN(1) TEN(2) TEN(3) TEN(4) TEN(5) TEN(6) TEN(7) TEN(8) TEN(9) TEN(10) TEN(11) TEN(12) TEN(13) TEN(14)
__attribute__((noinline)) int same_a(int x) { return x ^ 5; }
__attribute__((noinline)) int same_b(int x) { return x ^ 5; }
__attribute__((noinline)) int callback_a(int x) { return x ^ 6; }
__attribute__((noinline)) int callback_b(int x) { return x ^ 6; }
int (*volatile callbacks[2])(int) = {callback_a, callback_b};
int last(int x) { return x + 1; }
int main(void) {
  printf("apart: %d, sum: %d\n", callbacks[0] != callbacks[1], last(10) + same_a(1) + same_b(12));
  return 0;
}
