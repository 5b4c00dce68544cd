// Every verb, linked and run: at all optimisation levels, with everything unused stripped, and with the objects in either
// order.
// REQUIRES: macho-runner
// RUN: %macho-everywhere %t 'for level in -O0 -O2 -Os; do                                                             \
// RUN:   $cc $level -DPROVIDER -c %s -o $o.provider.o && $cc $level -c %s -o $o.o &&                                  \
// RUN:   ! $cc $o.o $o.provider.o -o $o 2> /dev/null &&                                                               \
// RUN:   %tool rewrite $o.provider.o --alias _next_too=_next --alias _again=_next_too_late --weaken _chosen           \
// RUN:     --localize _own_value --export _hidden_sum --export _table 2> /dev/null > /dev/null &&                     \
// RUN:   %tool rewrite $o.o --rename _wanted_next=_next --rename _wanted_counter=_counter > /dev/null &&              \
// RUN:   for link in "$o.o $o.provider.o" "$o.provider.o $o.o" "-Wl,-dead_strip $o.o $o.provider.o"; do               \
// RUN:     $cc $link -o $o && $run $o; done; done' | FileCheck %s
// CHECK-COUNT-9: 6 8 12 12 main 70 7 23 30 9
// CHECK-NOT: {{.}}
#ifdef PROVIDER
int counter = 5;
static int table[2] = {20, 30};
int *const pointer = table;
int next(int by) { return counter += by; }
const char *chosen(void) { return "provider"; }
int own_value(void) { return 7; }
int provider_value(void) { return own_value() + counter * 0; }
__attribute__((visibility("hidden"))) int hidden_sum(int a, int b) { return a + b + *pointer; }
int next_too_late(void) { return 9; }
#else
#include <stdio.h>
extern int wanted_counter, table[2];
int wanted_next(int by), next_too(int by), provider_value(void), hidden_sum(int a, int b), again(void);
int own_value(void) { return 70; }
const char *chosen(void) { return "main"; }
int main(void) {
  int a = wanted_next(1), b = next_too(2), c, d;
  int (*volatile call)(int) = wanted_next;
  c = call(4);
  d = wanted_counter;
  printf("%d %d %d %d %s %d %d %d %d %d\n", a, b, c, d, chosen(), own_value(), provider_value(), hidden_sum(1, 2),
         table[1], again());
}
#endif
