// Records: a pull, a push and an export, with reasons; obeyed once, and a second run changes nothing.
// REQUIRES: clang-19, bfd, gold, lld, mold
// RUN: clang-19 -O2 -I%include -c %s -o %t.o && clang-19 -O2 -I%include -c -DMAIN %s -o %t.main.o
// RUN: %tool inspect %t.main.o | FileCheck %s --check-prefix=INSPECT-MAIN
// INSPECT-MAIN:      records:
// INSPECT-MAIN-NEXT:   pull {{.*}}wanted -> lib.answer  ({{.*}}pull-push-export-clang-19.c:[[#]])  the library has no header
// INSPECT-MAIN-NEXT:   pull {{.*}}state -> lib.state  ({{.*}}:[[#]])
// RUN: %tool inspect %t.o | FileCheck %s --check-prefix=INSPECT
// INSPECT:      records:
// INSPECT-NEXT:   push {{.*}}answer -> lib.answer  ({{.*}}:[[#]])
// INSPECT-NEXT:   push {{.*}}state -> lib.state  ({{.*}}:[[#]])
// INSPECT-NEXT:   export {{.*}}helper  ({{.*}}:[[#]])
// INSPECT:      static {{.*}} helper {{.*}}safe: a record points to it
// RUN: %rewritten %t.o %t.new | FileCheck %s --check-prefix=PROVIDER
// PROVIDER-DAG: add 'lib.answer' = 'answer'  (LINKNAME at {{.*}}.c:[[#]])
// PROVIDER-DAG: add 'lib.state' = 'state'  (LINKNAME at {{.*}}.c:[[#]])
// PROVIDER-DAG: export 'helper'  (LINKNAME at {{.*}}.c:[[#]])
// RUN: %rewritten %t.main.o %t.main.new | FileCheck %s --check-prefix=MAIN
// MAIN-DAG: rename 'wanted' -> 'lib.answer'  (LINKNAME at {{.*}}: the library has no header)
// MAIN-DAG: rename 'state' -> 'lib.state'
// RUN: llvm-readelf --symbols %t.main.new | FileCheck %s --check-prefix=SYMBOLS --implicit-check-not=wanted
// SYMBOLS: UND lib.answer
// Run again: the records are still there, and obeyed already.
// RUN: %tool rewrite %t.new -o %t.again --strict && cmp %t.new %t.again
// RUN: %tool rewrite %t.main.new -o %t.again && cmp %t.main.new %t.again
// RUN: %link-and-run %t.exe clang-19 %t.new %t.main.new | FileCheck %s
// RUN: llvm-readelf --sections %t.exe.bfd %t.exe.gold %t.exe.lld %t.exe.mold | FileCheck %s --check-prefix=DROPPED
// DROPPED-NOT: .linkname
// CHECK: 42 7 10
#include <linkname/linkname.h>
#ifdef MAIN
#include <stdio.h>
int wanted(void);
extern int state;
int helper(int);
LINKNAME(wanted, "lib.answer", "the library has no header");
LINKNAME(state, "lib.state");
int main(void) {
  printf("%d %d %d\n", wanted(), state, helper(3));
  return 0;
}
#else
static int answer(void) { return 42; }
static int state = 7;
static int helper(int x) { return x + state; }
LINKNAME(answer, "lib.answer");
LINKNAME(state, "lib.state");
LINKNAME(helper);
#endif
