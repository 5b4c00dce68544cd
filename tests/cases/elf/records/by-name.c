// LINKNAME_SYMBOL binds by the symbol's name; what is not there is an error that says where it was written.
// REQUIRES: gcc, clang-19
// RUN: gcc -O0 -I%include -c %s -o %t.o
// RUN: %rewritten %t.o %t.new 2>/dev/null
// RUN: llvm-readelf --symbols %t.new | FileCheck %s
// CHECK-DAG: TLS GLOBAL DEFAULT {{.*}} lib.per_thread{{$}}
// CHECK-DAG: FUNC GLOBAL DEFAULT {{.*}} helper{{$}}
// CHECK-DAG: NOTYPE GLOBAL DEFAULT UND remote{{$}}
// RUN: %tool rewrite %t.new -o %t.again 2>/dev/null && cmp %t.new %t.again
// RUN: clang-19 -O0 -I%include -c %s -o %t.o
// RUN: %rewritten %t.o %t.new 2>/dev/null
// RUN: llvm-readelf --symbols %t.new | FileCheck %s
// RUN: gcc -O0 -DWRONG -I%include -c %s -o %t.o
// RUN: %exits 1 %tool rewrite %t.o 2>&1 | FileCheck %s --check-prefix=WRONG
// WRONG: error: LINKNAME at {{.*}}by-name.c:[[#]]: there is no symbol 'helpr' in {{.*}}; did you mean 'helper'?
/// A static and somebody else's symbol of one name: after a pull, the same record would push the static.
// RUN: gcc -O0 -DTWICE -I%include -c %s -o %t.o && %tool rewrite %t.o --rename others=twice 2>/dev/null
// RUN: %exits 1 %tool rewrite %t.o 2>&1 | FileCheck %s --check-prefix=TWICE
// TWICE: error: {{.*}}.o: .linkname+{{.*}}: LINKNAME at {{.*}}: there are several 'twice'; bind it with LINKNAME(local, ...), which knows which one is meant
#include <linkname/linkname.h>
static __thread int per_thread;
LINKNAME_SYMBOL("per_thread", "lib.per_thread");
__attribute__((used)) static int helper(void) { return per_thread; }
LINKNAME_SYMBOL("helper");
int local(void);
int use(void) { return local(); }
LINKNAME_SYMBOL("local", "remote");
#ifdef WRONG
LINKNAME_SYMBOL("helpr");
#endif
#ifdef TWICE
int others(void);
__attribute__((used)) static int twice(void) { return others(); }
LINKNAME_SYMBOL("twice", "second");
#endif
