// Globals join the locals and trade places with other externals; relocations and the indirect symbol table follow.
// A weak definition becomes an ordinary static one.
// REQUIRES: clang-19
// RUN: %macho-kinds %s %t \
// RUN:   '%macho-rewritten $o $o.new --localize _zebra --localize _middle --localize _hidden --localize _weak && \
// RUN:    llvm-nm -pm $o.new | FileCheck %s && \
// RUN:    llvm-readobj --macho-dysymtab $o.new | FileCheck %s --check-prefix=GROUPS && \
// RUN:    llvm-readobj --symbols $o.new | FileCheck %s --check-prefix=BITS'

// CHECK-DAG: non-external {{(\[Thumb\] )?}}_hidden{{$}}
// CHECK-DAG: non-external {{(\[Thumb\] )?}}_middle{{$}}
// CHECK-DAG: non-external {{(\[Thumb\] )?}}_weak{{$}}
// CHECK-DAG: non-external {{(\[Thumb\] )?}}_zebra{{$}}
// CHECK:     (__TEXT,__text) external {{(\[Thumb\] )?}}_another{{$}}
// CHECK:     (undefined) external _outside{{$}}
// GROUPS:    nextdefsym: 4
// GROUPS:    nundefsym: 2
// BITS:      Name: _weak
// BITS:      Flags [
// BITS-NOT:  WeakDef
// BITS:      Value:
int outside(int);
extern int somewhere;
__attribute__((noinline)) int another(int x) { return outside(x); }
__attribute__((noinline)) int between(int x) { return another(x) + somewhere; }
__attribute__((noinline)) int middle(int x) { return between(x) + 1; }
__attribute__((visibility("hidden"), noinline)) int hidden(int x) { return middle(x) + 2; }
__attribute__((noinline, weak)) int weak(int x) { return hidden(x) + 3; }
__attribute__((noinline)) int zebra(int x) { return weak(x) + 4; }
int user(int x) { return zebra(x) + middle(x) + hidden(x); }
int (*table[])(int) = {zebra, another, outside, middle, weak};
