// A dynamic library's exports, by the exports trie: what is exported, aliased and weakened can be bound from outside, what
// is hidden or localized cannot, and an alias is at the address of what it names.
// REQUIRES: macho-runner
// RUN: %macho-everywhere %t '                                                                                         \
// RUN:   $cc -O2 -c %s -o $o.library.o && $cc -O2 -DMAIN -c %s -o $o.o &&                                             \
// RUN:   %tool rewrite $o.library.o --export _secret --export _inside --alias _plain.second=_plain --hide _away        \
// RUN:     --localize _own --weaken _maybe --unsafe _secret > /dev/null 2> /dev/null &&                               \
// RUN:   $cc -dynamiclib -install_name libdemo.dylib $o.library.o -o $o.dylib && $run --check $o.dylib &&             \
// RUN:   $run --exports $o.dylib | sed "s/ 0x[0-9a-f]*//" | sort &&                                                   \
// RUN:   $run --call _secret $o.dylib 4 && $run --call _plain.second $o.dylib 4 &&                                    \
// RUN:   %exits 125 $run --call _away $o.dylib 4 2> /dev/null &&                                                      \
// RUN:   $cc $o.o $o.dylib -o $o && $run --with $o.dylib $o' | FileCheck %s
// CHECK: _inside
// CHECK-NEXT: _maybe weak
// CHECK-NEXT: _plain
// CHECK-NEXT: _plain.second
// CHECK-NEXT: _secret
// CHECK-NEXT: _user
// CHECK-NEXT: 5
// CHECK-NEXT: 15
// CHECK-NEXT: 2 6 6 same 1006 26
#ifdef MAIN
#include <stdio.h>
int secret(int), plain(int), inside(int), maybe(int), user(int);
int second(int) __asm__("_plain.second");
int maybe(int x) { return x + 1005; } // stands, since the library's is weak
int main(void) {
  int (*volatile one)(int) = plain, (*volatile two)(int) = second;
  printf("%d %d %d %s %d %d\n", secret(1), one(1), two(1), one == two ? "same" : "other", maybe(1), user(1));
}
#else
__attribute__((noinline)) static int secret(int x) { return x + 1; }
int plain(int x) { return secret(x) * 3; }
__attribute__((visibility("hidden"), noinline)) int inside(int x) { return plain(x) + 4; }
__attribute__((noinline)) int away(int x) { return inside(x) + 5; }
__attribute__((noinline)) int maybe(int x) { return away(x) + 6; }
__attribute__((noinline)) int own(int x) { return away(x) + 3; }
int user(int x) { return own(x) + 8; }
#endif
