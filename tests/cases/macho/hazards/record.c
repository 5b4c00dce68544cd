// A record in the defining file is the sure way, on every processor.
// REQUIRES: clang-14, clang-19
// RUN: env CFLAGS=-I%include %macho-kinds %s %t '%macho-rewritten $o $o.new --strict && llvm-nm -m $o.new | FileCheck %s'
// RUN: env CLANG=clang-14 CFLAGS=-I%include %macho-kinds %s %t '%macho-rewritten $o $o.new --strict && llvm-nm -m $o.new | FileCheck %s'
// CHECK-DAG: ) external {{(\[Thumb\] )?}}_dropped{{$}}
// CHECK-DAG: ) external _two_values{{$}}
#include <linkname/linkname.h>
int outside(int);
static int two_values;
__attribute__((noinline)) static int dropped(int x, int unused) { return outside(x); }
LINKNAME(dropped);
LINKNAME(two_values);
int user(int x) {
  if (x > 3)
    two_values = 1;
  return dropped(x, 4) + dropped(2, 5) + two_values;
}
