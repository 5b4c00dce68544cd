// A second name for a global function, a static one, a variable and a private extern: external, visible, at the same
// place, strong even where the first is weak.
// REQUIRES: clang-19
// RUN: env CFLAGS=-faddrsig %macho-kinds %s %t \
// RUN:   '%macho-rewritten $o $o.new --alias _a1=_global --alias _a2=_static --alias _a3=_variable --alias _a4=_hidden --alias _a5=_weak --strict && \
// RUN:    llvm-nm -pm $o.new | FileCheck %s'

// CHECK:      [[STATIC:^[0-9a-f]+]] (__TEXT,__text) non-external {{(\[Thumb\] )?}}_static{{$}}
// CHECK:      [[GLOBAL:^[0-9a-f]+]] (__TEXT,__text) external {{(\[Thumb\] )?}}_global{{$}}
// CHECK-NEXT: [[HIDDEN:^[0-9a-f]+]] (__TEXT,__text) private external {{(\[Thumb\] )?}}_hidden{{$}}
// CHECK:      [[VARIABLE:^[0-9a-f]+]] (__DATA,__data) external _variable{{$}}
// CHECK-NEXT: [[WEAK:^[0-9a-f]+]] (__TEXT,__text) weak external {{(\[Thumb\] )?}}_weak{{$}}
// CHECK-DAG:  [[STATIC]] (__TEXT,__text) external {{(\[Thumb\] )?}}_a2{{$}}
// CHECK-DAG:  [[GLOBAL]] (__TEXT,__text) external {{(\[Thumb\] )?}}_a1{{$}}
// CHECK-DAG:  [[HIDDEN]] (__TEXT,__text) external {{(\[Thumb\] )?}}_a4{{$}}
// CHECK-DAG:  [[VARIABLE]] (__DATA,__data) external _a3{{$}}
// CHECK-DAG:  [[WEAK]] (__TEXT,__text) external {{(\[Thumb\] )?}}_a5{{$}}
// CHECK:      (undefined) external _outside{{$}}
int outside(void);
__attribute__((noinline)) static int static_function(void) __asm__("_static");
static int static_function(void) { return outside(); }
int (*table)(void) = static_function;
int variable = 7;
int global(void) { return static_function() + variable; }
__attribute__((visibility("hidden"))) int hidden(void) { return 3; }
__attribute__((weak)) int weak(void) { return 4; }
