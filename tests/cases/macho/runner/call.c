// A library's functions without a program; its exports.
// REQUIRES: macho-runner
// RUN: %macho-everywhere %t '$cc -O1 -dynamiclib -install_name libcall.dylib %s -o $o &&                              \
// RUN:   $run --check $o && $run --call _sum $o 1 2 3 -10 && $run --call _next $o && $run --exports $o | sed "s/ 0x[0-9a-f]*//" | sort' | FileCheck %s
// CHECK: -4
// CHECK-NEXT: 42
// CHECK-NEXT: _local thread-local
// CHECK-NEXT: _next{{$}}
// CHECK-NEXT: _other weak
// CHECK-NEXT: _sum
// CHECK-NOT: {{.}}
static int state = 41;
static int *where = &state;
int next(void) { return ++*where; }
int sum(int a, int b, int c, int d) { return a + b + c + d; }
__attribute__((weak)) int other(void) { return 0; }
__attribute__((visibility("hidden"))) int hidden(void) { return 1; }
_Thread_local int local = 1;
