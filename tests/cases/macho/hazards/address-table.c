// -faddrsig makes Clang 19 write down whose address is taken, for Mach-O too: as relocations of a section of its own.
// REQUIRES: clang-19
// RUN: env CFLAGS=-faddrsig %macho-kinds %s %t \
// RUN:   '%tool rewrite $o -o $o.new --export _listed --export _variable --strict && \
// RUN:    %exits 1 %tool rewrite $o -o $o.new --export _other 2>&1 | FileCheck %s'
// CHECK: error: {{.*}}'_other': calling or using it from outside is not safe: .llvm_addrsig does not list it
// CHECK-SAME: put LINKNAME(other) into its source
void keep(void *);
__attribute__((noinline)) static int listed(int x) { return x + 1; }
__attribute__((noinline)) static int other(int x, int unused) { return x * 3; }
static int variable = 3;
int user(int x) {
  keep(&variable);
  keep(listed);
  return other(x, 4) + other(2, 5);
}
