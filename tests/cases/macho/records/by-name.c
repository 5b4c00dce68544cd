// LINKNAME_SYMBOL binds by the C-level name of a symbol; what is not there is an error that says where it was written.
// REQUIRES: clang-19
// RUN: env CFLAGS=-I%include %macho-kinds %s %t \
// RUN:   '%macho-rewritten $o $o.new && llvm-nm -m $o.new | FileCheck %s && \
// RUN:    %tool rewrite $o.new -o $o.again && cmp $o.new $o.again'
// CHECK-DAG: (undefined) external _lib.callee{{$}}
// CHECK-DAG: external _counter{{$}}
// RUN: clang-19 -target arm64-apple-macos11 -I%include -DMISSING -c %s -o %t.o
// RUN: %exits 1 %tool rewrite %t.o 2>&1 | FileCheck %s --check-prefix=MISSING
// MISSING: error: LINKNAME at {{.*}}by-name.c:[[#]]: there is no symbol '_calle' in {{.*}}; did you mean '_callee'?
#include <linkname/linkname.h>
int callee(void);
static volatile int counter = 3;
int user(void) { return callee() + counter; }
#ifdef MISSING
LINKNAME_SYMBOL("calle", "lib.callee");
#else
LINKNAME_SYMBOL("callee", "lib.callee");
LINKNAME_SYMBOL("counter");
#endif
