// With -dead_strip the atoms of exported names stay, in one piece, and others go: the second entry into a function keeps
// what is before it, and a second name keeps nothing else alive.
// REQUIRES: clang-19, ld64.lld-14, ld64.lld-19
// RUN: env LDFLAGS=-dead_strip %macho-dylib %s %t '--export _kept --unsafe _kept --alias _inner_second=_inner --hide _unused --hide _outer --hide _inner' \
// RUN:   'FileCheck %s < $exports && FileCheck %s --check-prefix=NAMES --implicit-check-not=_unused --implicit-check-not=_gone < $names'
// CHECK-DAG: _kept{{$}}
// CHECK-DAG: _inner_second{{$}}
// NAMES-DAG: (__TEXT,__text) external _kept
// NAMES-DAG: [[INNER:[0-9a-f]+]] (__TEXT,__text) {{.*}}_inner{{$}}
// NAMES-DAG: [[INNER]] (__TEXT,__text) external {{.*}}_inner_second
// NAMES-DAG: (__TEXT,__text) {{.*}}_outer{{$}}
__attribute__((noinline)) static int gone(int x) { return x * 5; }
int unused(int x) { return gone(x); }
__attribute__((noinline, used)) static int kept(int x) { return x * 7; }
int inner(int);
__attribute__((naked)) int outer(int x) {
#if defined(__x86_64__)
  __asm__("nop\n.globl _inner\n.alt_entry _inner\n_inner: movl %edi, %eax\nret");
#else
  __asm__("nop\n.globl _inner\n.alt_entry _inner\n_inner: ret");
#endif
}
