// A large image is copied while the plan is made, and verified before it is written: the result is what it would be of a
// small one, whether tables grow in the file or not.
// REQUIRES: gcc
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: gcc -O1 -g -fPIC -shared -DSIZE=12000000 %s -o large.so && gcc -O1 -g -fPIC -shared -DSIZE=12 %s -o small.so
// RUN: %tool rewrite large.so -o large.out.so --export inner --alias also_outer=outer --rename gone=kept && %tool check large.out.so
// RUN: %tool rewrite small.so -o small.out.so --export inner --alias also_outer=outer --rename gone=kept
// RUN: python3 %S/Inputs/large.py large.so large.out.so small.out.so | FileCheck %s
// RUN: cp large.out.so again.so && %tool rewrite again.so --export inner && cmp large.out.so again.so
//
// Without debug information, by address; and with so many names that the tables go into a segment of their own.
// RUN: strip large.so -o stripped.so && sh -c '%tool rewrite stripped.so --export "inner=0x$(nm large.so | sed -n "s/ . inner$//p")" --alias also_outer=outer --rename gone=kept'
// RUN: python3 %S/Inputs/large.py large.so stripped.so small.out.so | FileCheck %s
// RUN: sh -c '%tool rewrite large.out.so -o second.so $(seq -f "--alias name_%%.0f=outer" 600)' && %tool check second.so
// RUN: python3 %S/Inputs/large.py large.so second.so small.out.so | FileCheck %s
// CHECK: called: 42 7 7 5
// CHECK-NEXT: the block is as it was
// CHECK-NEXT: nothing else has changed
const char block[SIZE] = {1, 2, 3};
static int inner(int x) { return x + 1; }
int (*volatile keep)(int) = inner;
int outer(void) { return 7; }
int gone(void) { return 5; }
