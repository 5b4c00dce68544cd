// A section whose symbols share one address: the record's pointer says section and offset, which is neither the section's
// first label nor whatever symbol happens to be there, but the one that it was written with.
// REQUIRES: clang-19
// RUN: env CLANG=clang++-19 CFLAGS="-O2 -I%include" %macho-kinds %s %t \
// RUN:   '%macho-rewritten $o $o.new --strict && llvm-nm -m $o.new | FileCheck %s --implicit-check-not=") external ltmp" && \
// RUN:    %tool rewrite $o.new -o $o.again --strict && cmp $o.new $o.again'
// CHECK: ) external {{(\[Thumb\] )?}}__ZN12_GLOBAL__N_16squareEi{{$}}
#include <linkname/linkname.h>
namespace {
int square(int number) { return number * number; }
} // namespace
LINKNAME(square);
