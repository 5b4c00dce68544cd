// Debug information, which counts addresses through all sections of the object: Clang 19 notes a changed calling
// convention; Clang's variables that have shrunk show in the room that they have.
// REQUIRES: clang-14, clang-19
// RUN: env CFLAGS=-g %macho-kinds %s %t \
// RUN:   '%exits 1 %tool rewrite $o -o $o.new --export _dropped 2>&1 | FileCheck %s --check-prefix=NOCALL && \
// RUN:    %exits 1 %tool rewrite $o -o $o.new --export _two_values 2>&1 | FileCheck %s --check-prefix=SHRUNK && \
// RUN:    %tool rewrite $o -o $o.new --export _whole 2>&1 | FileCheck %s --check-prefix=WARNED'
// RUN: env CLANG=clang-14 CFLAGS=-g %macho-kinds %s %t \
// RUN:   '%exits 1 %tool rewrite $o -o $o.new --export _two_values 2>&1 | FileCheck %s --check-prefix=SHRUNK && \
// RUN:    %tool rewrite $o -o $o.new --export _whole 2>&1 | FileCheck %s --check-prefix=WARNED'
// NOCALL: error: {{.*}}'_dropped': {{.*}}DW_CC_nocall
// SHRUNK: error: {{.*}}'_two_values': calling or using it from outside is not safe: there are 1 bytes for it, and its type has 4
// WARNED: warning: {{.*}}'_whole': its ABI cannot be verified: neither this file nor its debug information shows
int outside(int);
static int whole = 3;
static int two_values;
__attribute__((noinline)) static int dropped(int x, int unused) { return outside(x); }
int user(int x) {
  if (x > 3)
    two_values = 1;
  if (x > 4)
    whole = x;
  return dropped(x, 4) + dropped(2, x);
}
int flag(void) { return two_values + whole; }
