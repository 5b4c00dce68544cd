// Linked by lld 14 and 19: a static that was exported, a second name and a private extern made visible are in the
// export trie at the address of what they name; what was hidden is not; what is weak is flagged.
// REQUIRES: clang-19, ld64.lld-14, ld64.lld-19
// RUN: %macho-dylib %s %t '--export _helper --alias _second=_plain --alias _inner_second=_inner --export _inside --hide _away --weaken _maybe --localize _own --unsafe _helper' \
// RUN:   'FileCheck %s < $exports && FileCheck %s --check-prefix=NAMES < $names'

// CHECK-DAG: 0x[[HELPER:[0-9A-F]+]]{{ +}}_helper{{$}}
// CHECK-DAG: 0x[[PLAIN:[0-9A-F]+]]{{ +}}_plain{{$}}
// CHECK-DAG: 0x[[PLAIN]]{{ +}}_second{{$}}
// CHECK-DAG: _inside{{$}}
// CHECK-DAG: _maybe [weak_def]
// CHECK-DAG: 0x[[INNER:[0-9A-F]+]]{{ +}}_inner{{$}}
// CHECK-DAG: 0x[[INNER]]{{ +}}_inner_second{{$}}
// CHECK-NOT: {{_away|_own}}
// NAMES-DAG: non-external (was a private external) _away
// NAMES-DAG: non-external _own
// NAMES-DAG: ) external _helper
// NAMES-DAG: non-external _helper
// NAMES-DAG: ) external _second
// NAMES-DAG: weak external _maybe
int outside(int);
__attribute__((noinline)) static int helper(int x) { return outside(x) + 1; }
int plain(int x) { return helper(x) * 3; }
__attribute__((visibility("hidden"), noinline)) int inside(int x) { return plain(x) + 4; }
__attribute__((noinline)) int away(int x) { return inside(x) + 5; }
__attribute__((noinline)) int maybe(int x) { return away(x) + 6; }
__attribute__((noinline)) int own(int x) { return maybe(x) + 7; }
int user(int x) { return own(x) + 8; }
// A second entry into a function, in the middle of its atom.
int inner(int);
__attribute__((naked)) int outer(int x) {
#if defined(__x86_64__)
  __asm__("nop\n.globl _inner\n.alt_entry _inner\n_inner: movl %edi, %eax\nret");
#else
  __asm__("nop\n.globl _inner\n.alt_entry _inner\n_inner: ret");
#endif
}
