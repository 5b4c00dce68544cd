// Records: pulls, pushes and exports of functions and variables, with the platform's underscore added to the C-level
// names; obeyed once, and a second run changes nothing. Clang 14 and 19.
// REQUIRES: clang-14, clang-19
// RUN: env CFLAGS=-I%include %macho-kinds %s %t \
// RUN:   '%macho-rewritten $o $o.new --strict > $o.said && FileCheck %s --check-prefix=SAYS < $o.said && \
// RUN:    llvm-nm -m $o.new | FileCheck %s && \
// RUN:    %tool inspect $o | FileCheck %s --check-prefix=INSPECT && \
// RUN:    %tool rewrite $o.new -o $o.again --strict && cmp $o.new $o.again'
// RUN: env CLANG=clang-14 CFLAGS="-I%include -fvisibility=hidden" %macho-kinds %s %t \
// RUN:   '%macho-rewritten $o $o.new --strict > $o.said && FileCheck %s --check-prefix=SAYS < $o.said && \
// RUN:    llvm-nm -m $o.new | FileCheck %s && \
// RUN:    %tool rewrite $o.new -o $o.again --strict && cmp $o.new $o.again'

// SAYS-DAG: add '_lib.answer' = '_answer'  (LINKNAME at {{.*}}.c:[[#]])
// SAYS-DAG: add '_lib.state' = '_state'  (LINKNAME at {{.*}}.c:[[#]])
// SAYS-DAG: export '_helper'  (LINKNAME at {{.*}}.c:[[#]])
// SAYS-DAG: rename '_wanted' -> '_lib.wanted'  (LINKNAME at {{.*}}: it has no header)
// SAYS-DAG: rename '_remote_state' -> 'verbatim'
// CHECK-DAG: [[ANSWER:^[0-9a-f]+]] (__TEXT,__text) external {{(\[Thumb\] )?}}_lib.answer{{$}}
// CHECK-DAG: [[STATE:^[0-9a-f]+]] (__DATA,__data) external _lib.state{{$}}
// CHECK-DAG: (__TEXT,__text) external {{(\[Thumb\] )?}}_helper{{$}}
// CHECK-DAG: (undefined) external _lib.wanted{{$}}
// CHECK-DAG: (undefined) external verbatim{{$}}
// INSPECT: pull {{.*}}wanted -> _lib.wanted
// INSPECT: push {{.*}}answer -> _lib.answer
// INSPECT: export {{.*}}helper
// INSPECT: static {{.*}} _helper {{.*}}safe: a record points to it
#include <linkname/linkname.h>
int wanted(int);
LINKNAME(wanted, "lib.wanted", "it has no header");
extern int remote_state;
LINKNAME(remote_state, "\1verbatim");
static int answer(void) { return 42; }
LINKNAME(answer, "lib.answer");
static int state = 7;
LINKNAME(state, "lib.state");
static int helper(int x) { return x + state; }
LINKNAME(helper);
int user(void) { return answer() + helper(wanted(remote_state)); }
