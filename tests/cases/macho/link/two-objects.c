// A consumer that pulls and a provider that pushes, by records, and one that is renamed on the command line: the linked
// executable has no undefined symbol, and calls go where they should. The record sections are not linked.
// REQUIRES: clang-19, ld64.lld-19, ld64.lld-14
// RUN: bash -ec 'for arch in x86_64 arm64; do \
// RUN:   clang-19 -target $arch-apple-macos11 -O1 -I%include -ffreestanding -c %s -o %t.main.o -DMAIN; \
// RUN:   clang-19 -target $arch-apple-macos11 -O1 -I%include -ffreestanding -c %s -o %t.impl.o; \
// RUN:   %macho-rewritten %t.main.o %t.main.new --rename _old_name=_counted; \
// RUN:   %macho-rewritten %t.impl.o %t.impl.new; \
// RUN:   for linker in ld64.lld-14 ld64.lld-19; do for order in "%t.main.new %t.impl.new" "%t.impl.new %t.main.new"; do \
// RUN:     $linker -arch $arch -platform_version macos 11.0 11.0 -execute -e _start $order -o %t.exe; \
// RUN:     llvm-nm -m %t.exe > %t.nm; FileCheck %s < %t.nm; \
// RUN:     llvm-objdump -d --no-show-raw-insn %t.exe > %t.dis; FileCheck %s --check-prefix=CALLS < %t.dis; \
// RUN:     llvm-objdump --section-headers %t.exe > %t.sections; FileCheck %s --check-prefix=SECTIONS < %t.sections; \
// RUN:   done; done; done'
// CHECK-NOT: undefined
// CHECK: _counted
// CHECK-NOT: undefined
// CALLS: <_start>:
// CALLS-DAG: {{call|bl}}{{.*}} <_{{answer|lib.answer}}>
// CALLS-DAG: {{call|bl}}{{.*}} <_{{counted|count}}>
// SECTIONS-NOT: __linkname
#include <linkname/linkname.h>
#ifdef MAIN
int wanted(int), old_name(int);
LINKNAME(wanted, "lib.answer");
int start(void) { return wanted(1) + old_name(2) * 3; }
#else
__attribute__((noinline)) static int answer(int x) { return x + 42; }
LINKNAME(answer, "lib.answer");
__attribute__((noinline)) static int count(int x) { return x + 43; }
LINKNAME(count, "counted");
#endif
