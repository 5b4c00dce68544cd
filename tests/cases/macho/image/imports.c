// What a linked program asks for gets another name: functions bound at once, lazily and by a pointer in data, and
// variables, from a library that has them under these names.
// REQUIRES: macho-runner
// RUN: %macho-everywhere %t '                                                                                         \
// RUN:   $cc -O1 -DLIBRARY -dynamiclib -install_name @rpath/libdemo.dylib %s -o $o.dylib &&                           \
// RUN:   for bind in -bind_at_load -platform_version,macos,11.0,11.0; do                                              \
// RUN:   $cc -O1 -Wl,$bind %s $o.dylib -o $o && $run --with $o.dylib $o && cp $o $o.old &&                            \
// RUN:   %tool rewrite $o --rename _wanted=_another_with_a_longer_name --rename _shared=_moved --rename _other=_o     \
// RUN:     > /dev/null && %same-image --names $o.old $o && %tool check $o > /dev/null &&                              \
// RUN:   $run --with $o.dylib $o && llvm-strip -x $o && $run --with $o.dylib $o &&                                    \
// RUN:   %tool rewrite $o --rename _o=_other --rename _moved=_shared > /dev/null && %same-image $o &&                 \
// RUN:   $run --with $o.dylib $o; done' | FileCheck %s
// CHECK: 2 4 7 2
// CHECK-NEXT: import - _other
// CHECK-NEXT: import - _shared
// CHECK-NEXT: import - _wanted
// CHECK-NEXT: import + _another_with_a_longer_name
// CHECK-NEXT: import + _moved
// CHECK-NEXT: import + _o
// CHECK-NEXT: symbol - undefined _other
// CHECK-NEXT: symbol - undefined _shared
// CHECK-NEXT: symbol - undefined _wanted
// CHECK-NEXT: symbol + undefined _another_with_a_longer_name
// CHECK-NEXT: symbol + undefined _moved
// CHECK-NEXT: symbol + undefined _o
// CHECK-NEXT: 1001 302 8 1001
// CHECK-NEXT: 1001 302 8 1001
// CHECK-NEXT: 1001 4 7 1001
// CHECK-NEXT: 2 4 7 2
// CHECK: 1001 302 8 1001
// CHECK-NEXT: 1001 302 8 1001
// CHECK-NEXT: 1001 4 7 1001
// CHECK-NOT: {{.}}
#ifdef LIBRARY
int shared = 7, moved = 8;
int wanted(int x) { return x + 1; }
int other(int x) { return x + 2; }
int o(int x) { return x + 300; }
int another_with_a_longer_name(int x) { return x + 1000; }
#else
#include <stdio.h>
extern int shared;
int wanted(int), other(int);
static int (*pointer)(int) = wanted;
int main(void) { printf("%d %d %d %d\n", wanted(1), other(2), shared, pointer(1)); }
#endif
