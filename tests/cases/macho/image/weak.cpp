// Names that images share: an inline function is exported weakly, and the image asks its loader for it by name. Renaming
// takes both along; hiding one would leave the image without; and of several images that know the name, one definition is
// taken.
// REQUIRES: macho-runner
// RUN: %macho-everywhere %t '                                                                                         \
// RUN:   $cxx -O1 -DLIBRARY -dynamiclib -install_name @rpath/libdemo.dylib %s -o $o.dylib &&                          \
// RUN:   $cxx -O1 %s $o.dylib -o $o && $run --with $o.dylib $o &&                                                     \
// RUN:   ! %tool rewrite $o.dylib --hide __Z6sharedi 2> $o.said && grep -o "is also what this image asks its loader for by that name" $o.said && \
// RUN:   cp $o.dylib $o.new && %tool rewrite $o.new --rename __Z6sharedi=__Z6sharedx > /dev/null && %tool check $o.new > /dev/null && \
// RUN:   %same-image --names $o.dylib $o.new | grep -v symbol && $run --with $o.new $o && llvm-strip -x $o.new && $run --with $o.new $o && \
// RUN:   %tool rewrite $o.new --alias __Z5otheri=__Z6sharedx > /dev/null && %same-image $o.new && $run --exports $o.new | sed -n "s/ 0x[0-9a-f]*//;/other/p"' | FileCheck %s
// CHECK: 1 1
// CHECK-NEXT: is also what this image asks its loader for by that name
// CHECK-NEXT: export - __Z6sharedi
// CHECK-NEXT: export + __Z6sharedx
// CHECK-NEXT: import - __Z6sharedi
// CHECK-NEXT: import + __Z6sharedx
// CHECK-NEXT: 1 2
// CHECK-NEXT: 1 2
// CHECK-NEXT: __Z5otheri{{$}}
// CHECK-NOT: {{.}}
#include <stdio.h>
#ifdef LIBRARY
#define WHO 2
#else
#define WHO 1
#endif
static volatile int who = WHO;
__attribute__((noinline)) inline int shared(int) { return who; }
static int (*volatile pointer)(int) = shared; // what nobody takes the address of may be hidden by the linker
#ifdef LIBRARY
int library() { return shared(0) * 0 + pointer(0); }
#else
int library();
int main() { printf("%d %d\n", pointer(0), library()); }
#endif
