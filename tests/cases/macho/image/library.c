// A dynamic library after it was linked: statics and hidden functions become callable, a second name is at the address of
// the first, what is hidden is gone, a name is given to an address, and every other export is where it was. The edited
// library still is all that after a strip.
// REQUIRES: macho-runner
// RUN: %macho-everywhere %t '                                                                                         \
// RUN:   $cc -O2 -dynamiclib -install_name libdemo.dylib %s -o $o.dylib  &&                         \
// RUN:   %tool rewrite $o.dylib -o $o.same && cmp $o.dylib $o.same && $run --exports $o.dylib | sort > $o.before &&          \
// RUN:   table=$(llvm-nm $o.dylib | sed -n "s/^0*\([0-9a-f]*\) .* _table$/0x\1/p") && cp $o.dylib $o.old &&          \
// RUN:   %tool rewrite $o.dylib --export _secret --export _inside --alias _plain.second=_plain --hide _away           \
// RUN:     --rename _maybe=_a_much_longer_name_than_before --export _table=$table:8 --unsafe _secret > /dev/null 2> /dev/null && \
// RUN:   %same-image --names $o.old $o.dylib && %tool check $o.dylib > /dev/null && $run --check $o.dylib &&          \
// RUN:   $run --exports $o.dylib | sort > $o.after && comm -23 $o.before $o.after | sed "s/ 0x[0-9a-f]*//;s/^/gone: /" &&    \
// RUN:   $cc -O2 -DMAIN %s $o.dylib -o $o && $run --with $o.dylib $o &&                                               \
// RUN:   ! $run --call _away $o.dylib 4 2> /dev/null &&                                                               \
// RUN:   llvm-strip -x $o.dylib && $run --exports $o.dylib | sort | cmp - $o.after && $run --with $o.dylib $o &&             \
// RUN:   %tool rewrite $o.dylib --alias _third=_secret > /dev/null && $run --call _third $o.dylib 5 && %same-image $o.dylib' | FileCheck %s
// CHECK: export - _away
// CHECK-NEXT: export - _maybe
// CHECK-NEXT: export + _a_much_longer_name_than_before
// CHECK-NEXT: export + _inside
// CHECK-NEXT: export + _plain.second
// CHECK-NEXT: export + _secret
// CHECK-NEXT: export + _table
// CHECK-NEXT: symbol - external _away
// CHECK-NEXT: symbol - external _maybe
// CHECK-NEXT: symbol - local _inside
// CHECK-NEXT: symbol - local _secret
// CHECK-NEXT: symbol + external _a_much_longer_name_than_before
// CHECK-NEXT: symbol + external _inside
// CHECK-NEXT: symbol + external _plain.second
// CHECK-NEXT: symbol + external _secret
// CHECK-NEXT: symbol + external _table
// CHECK-NEXT: symbol + local _away
// CHECK-NEXT: gone: _away
// CHECK-NEXT: gone: _maybe
// CHECK-NEXT: 2 6 6 same 28 26 30
// CHECK-NEXT: 2 6 6 same 28 26 30
// CHECK-NEXT: 6
// CHECK-NOT: {{.}}
#ifdef MAIN
#include <stdio.h>
extern int table[2];
int secret(int), plain(int), inside(int), maybe(int) __asm__("_a_much_longer_name_than_before"), user(int);
int second(int) __asm__("_plain.second");
int main(void) {
  int (*volatile one)(int) = plain, (*volatile two)(int) = second;
  printf("%d %d %d %s %d %d %d\n", secret(1), one(1), two(1), one == two ? "same" : "other", maybe(1), inside(1) + user(1) - 19,
         table[1]);
}
#else
static int table[2] = {20, 30};
int *address_of_table(void) { return table; }
__attribute__((noinline)) static int secret(int x) { return x + 1; }
__attribute__((noinline)) int plain(int x) { return secret(x) * 3; }
__attribute__((visibility("hidden"), noinline)) int inside(int x) { return plain(x) + 4; }
__attribute__((noinline)) int away(int x) { return inside(x) + 5; }
__attribute__((noinline)) int maybe(int x) { return away(x) + 13; }
int user(int x) { return away(x) + 20; }
#endif
