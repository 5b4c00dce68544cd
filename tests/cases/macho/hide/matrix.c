// Global definitions become private externs in place: functions, variables, weak and common ones.
// REQUIRES: clang-19
// RUN: %macho-kinds %s %t \
// RUN:   '%macho-rewritten $o $o.new --hide _foo --hide _data --hide _weak --hide _common && \
// RUN:    llvm-nm -m $o.new | FileCheck %s && test $(wc -c < $o) -eq $(wc -c < $o.new)'

// CHECK-DAG: (common) {{.*}}private external _common{{$}}
// CHECK-DAG: (__DATA,__data) private external _data{{$}}
// CHECK-DAG: (__TEXT,__text) private external {{(\[Thumb\] )?}}_foo{{$}}
// CHECK-DAG: (__TEXT,__text) weak private external {{(\[Thumb\] )?}}_weak{{$}}
// CHECK-DAG: (__TEXT,__text) external {{(\[Thumb\] )?}}_user{{$}}
int data = 1;
__attribute__((common)) int common;
__attribute__((noinline)) int foo(int x) { return x + data + common; }
__attribute__((weak)) int weak(void) { return 3; }
int user(int x) { return foo(x) + weak(); }
