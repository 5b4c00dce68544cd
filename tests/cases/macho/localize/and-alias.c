// All that moves symbols in one run: two local, three added, which displaces the undefined ones.
// REQUIRES: clang-19
// RUN: env CFLAGS=-faddrsig %macho-kinds %s %t \
// RUN:   '%macho-rewritten $o $o.new --localize _zebra --localize _bear --alias _one=_zebra --alias _two=_table --export _static --rename _outside=_inside && \
// RUN:    llvm-nm -pm $o.new | FileCheck %s'
// CHECK-DAG: non-external {{(\[Thumb\] )?}}_static{{$}}
// CHECK-DAG: non-external {{(\[Thumb\] )?}}_zebra{{$}}
// CHECK-DAG: non-external {{(\[Thumb\] )?}}_bear{{$}}
// CHECK:     ) external _table{{$}}
// CHECK:     ) external {{(\[Thumb\] )?}}_ant{{$}}
// CHECK-DAG: ) external {{(\[Thumb\] )?}}_one{{$}}
// CHECK-DAG: ) external _two{{$}}
// CHECK-DAG: (__TEXT,__text) external {{(\[Thumb\] )?}}_static{{$}}
// CHECK:     (undefined) external _inside{{$}}
int outside(int);
__attribute__((noinline)) static int static_function(int) __asm__("_static");
static int static_function(int x) { return x + 1; }
__attribute__((noinline)) int ant(int x) { return outside(x) + static_function(x); }
__attribute__((noinline)) int bear(int x) { return ant(x) + 2; }
__attribute__((noinline)) int zebra(int x) { return bear(x) + 3; }
int (*table[])(int) = {zebra, ant, bear, outside, static_function};
