// Names into the middle of an atom: a second entry of a function keeps what stands before it, also when all that is unused
// is stripped, and can itself get a second name.
// REQUIRES: macho-runner
// RUN: %macho-everywhere %t 'for link in -Wl,-no_deduplicate -Wl,-dead_strip; do                                      \
// RUN:   $cc -O1 -DPROVIDER -c %s -o $o.provider.o && $cc -O1 -c %s -o $o.o &&                                        \
// RUN:   %tool rewrite $o.provider.o --alias _second=_inner --hide _inner --export _kept > /dev/null 2> /dev/null &&  \
// RUN:   $cc $link $o.o $o.provider.o -o $o && $run $o &&                                                             \
// RUN:   %tool rewrite $o.provider.o --localize _inner > /dev/null 2> /dev/null &&                                    \
// RUN:   $cc $link $o.o $o.provider.o -o $o && $run $o; done' | FileCheck %s
// CHECK-COUNT-4: 10 11 21
#ifdef PROVIDER
__attribute__((naked)) int outer(int x) {
#if defined __x86_64__
  __asm__("incl %edi\n.globl _inner\n.alt_entry _inner\n_inner: movl %edi, %eax\n ret");
#else
  __asm__("add w0, w0, #1\n.globl _inner\n.alt_entry _inner\n_inner: ret");
#endif
}
__attribute__((used)) static int kept(int x) { return x * 2 + 1; }
int unused(void) { return 1; }
#else
#include <stdio.h>
int outer(int x), second(int x), kept(int x);
int main(void) { printf("%d %d %d\n", second(10), outer(10), kept(10)); }
#endif
