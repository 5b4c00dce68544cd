// A static keeps its local entry, which the object goes on using; a global one beside it is what others see.
// REQUIRES: clang-19
// RUN: env CFLAGS=-faddrsig %macho-kinds %s %t \
// RUN:   '%macho-rewritten $o $o.new --export _helper --export _variable --strict | FileCheck %s --check-prefix=SAYS && \
// RUN:    llvm-nm -pm $o.new | FileCheck %s && \
// RUN:    llvm-readobj --macho-dysymtab $o.new | FileCheck %s --check-prefix=GROUPS && \
// RUN:    %tool rewrite $o.new -o $o.again --export _helper --export _variable && cmp $o.new $o.again'

// SAYS:      .o: export '_helper'  (--export)
// SAYS-NEXT: .o: export '_variable'  (--export)
// CHECK-DAG:  [[HELPER:^[0-9a-f]+]] (__TEXT,__text) non-external {{(\[Thumb\] )?}}_helper{{$}}
// CHECK-DAG:  [[VARIABLE:^[0-9a-f]+]] (__DATA,__data) non-external _variable{{$}}
// CHECK:      (__DATA,__data) external _table{{$}}
// CHECK-NEXT: (__TEXT,__text) external {{(\[Thumb\] )?}}_user{{$}}
// CHECK-NEXT: [[HELPER]] (__TEXT,__text) external {{(\[Thumb\] )?}}_helper{{$}}
// CHECK-NEXT: [[VARIABLE]] (__DATA,__data) external _variable{{$}}
// CHECK-NEXT: (undefined) external _third{{$}}
// CHECK-NEXT: (undefined) external _first{{$}}
// CHECK-NEXT: (undefined) external _second{{$}}
// GROUPS: nextdefsym: 4
// GROUPS: nundefsym: 3
int first(void), second(void), third(void);
__attribute__((noinline)) static int helper(int x) { return x + first(); }
static volatile int variable = 3;
int (*table[])(int) = {helper};
int user(void) { return helper(second()) + third() + variable + *(&variable); }
