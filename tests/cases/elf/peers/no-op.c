// A copy without any change: GNU objcopy and ours give the same bytes, llvm-objcopy writes the object anew.
// REQUIRES: gcc, clang-19, objcopy, llvm-objcopy
// RUN: gcc -O2 -g -c %s -o %t.o && clang-19 -O2 -g -c %s -o %t.clang.o
// RUN: llvm-objcopy %t.o %t.llvm && not cmp -s %t.o %t.llvm
// RUN: objcopy %t.o %t.gnu && cmp %t.o %t.gnu
// RUN: %tool rewrite %t.o -o %t.new && cmp %t.o %t.new
// RUN: not sh -c 'objcopy %t.clang.o %t.gnu && cmp -s %t.clang.o %t.gnu'
// RUN: %tool rewrite %t.clang.o -o %t.new && cmp %t.clang.o %t.new
#include <stdio.h>
static int counter;
int main(void) { return printf("%d\n", counter++) < 0; }
