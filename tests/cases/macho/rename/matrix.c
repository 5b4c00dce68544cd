// A defined and an undefined symbol get other names, for every processor; all references follow.
// REQUIRES: clang-19
// RUN: %macho-kinds %s %t \
// RUN:   '%macho-rewritten $o $o.new --rename _foo=_renamed --rename _callee=_somebody.else | FileCheck %s --check-prefix=SAYS && \
// RUN:    llvm-nm -m $o.new | FileCheck %s && \
// RUN:    llvm-objdump --macho --reloc $o.new | FileCheck %s --check-prefix=RELOCATIONS'

// SAYS:      .o: rename '_foo' -> '_renamed'  (--rename)
// SAYS-NEXT: .o: rename '_callee' -> '_somebody.else'  (--rename)
// CHECK-NOT:  {{_foo|_callee}}
// CHECK:      (__DATA,__data) external _pointer
// CHECK-NEXT: (__TEXT,__text) external {{.*}}_renamed
// CHECK-NEXT: (undefined) external _somebody.else
// CHECK-NEXT: (__TEXT,__text) external {{.*}}_user
// CHECK-NOT:  {{_foo|_callee}}
// RELOCATIONS-NOT: {{_foo|_callee}}
// RELOCATIONS:     _somebody.else
// RELOCATIONS-NOT: {{_foo|_callee}}
int callee(int);
__attribute__((noinline)) int foo(int x) { return callee(x) + 1; }
int user(int x) { return foo(x) + callee(x); }
int (*pointer)(int) = foo;
