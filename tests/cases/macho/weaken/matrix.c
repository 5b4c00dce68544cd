// Definitions become weak (N_WEAK_DEF), undefined symbols become weak references (N_WEAK_REF), in place.
// REQUIRES: clang-19
// RUN: %macho-kinds %s %t \
// RUN:   '%macho-rewritten $o $o.new --weaken _foo --weaken _data --weaken _zero --weaken _inside --weaken _callee && \
// RUN:    llvm-nm -m $o.new | FileCheck %s && test $(wc -c < $o) -eq $(wc -c < $o.new) && \
// RUN:    %tool rewrite $o.new -o $o.again --weaken _foo --weaken _callee 2>&1 | FileCheck %s --check-prefix=AGAIN && \
// RUN:    cmp $o.new $o.again'

// CHECK-DAG: (undefined) weak external _callee{{$}}
// CHECK-DAG: (__DATA,__data) weak external _data{{$}}
// CHECK-DAG: (__TEXT,__text) weak external {{(\[Thumb\] )?}}_foo{{$}}
// CHECK-DAG: (__TEXT,__text) weak private external {{(\[Thumb\] )?}}_inside{{$}}
// CHECK-DAG: (__DATA,__common) weak external _zero{{$}}
// CHECK-DAG: (undefined) external _other{{$}}
// CHECK-DAG: (__TEXT,__text) external {{(\[Thumb\] )?}}_user{{$}}
// AGAIN:     '_foo' is so already; nothing to do
int callee(int), other(int);
int data = 1, zero;
__attribute__((noinline)) int foo(int x) { return callee(x) + data + zero; }
__attribute__((visibility("hidden"))) int inside(void) { return 3; }
int user(int x) { return foo(x) + other(x) + inside(); }
