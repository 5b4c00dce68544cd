// Pointers in data: rebased, bound with an addend, constant, many on several pages, and in another image.
// REQUIRES: macho-runner
// RUN: %macho-everywhere %t '$cc -DLIBRARY -dynamiclib -install_name @rpath/liba.dylib %s -o $o.liba.dylib &&   \
// RUN:   $cc %s $o.liba.dylib -o $o && $run --with $o.liba.dylib $o' | FileCheck %s
// CHECK: 5 7 11 c 4000 right
#ifdef LIBRARY
int table[4] = {3, 5, 7, 11};
int five(void) { return table[1]; }
#else
#include <stdio.h>
extern int table[4];
int five(void);
static const char letters[] = "abc";
static int *const third = &table[2];
static int *last = table + 3;
static const char *const letter = letters + 2;
static int (*function)(void) = five;
#define TEN(x) x, x, x, x, x, x, x, x, x, x
#define THOUSAND(x) TEN(TEN(TEN(x)))
static const char *many[4000] = {THOUSAND(letters), THOUSAND(letters + 1), THOUSAND(letters), THOUSAND(letters + 2)};
int main(void) {
  int right = 0;
  for (int i = 0; i < 4000; i++)
    right += many[i] == letters + (i / 1000 % 2 == 0 ? 0 : i / 1000 == 1 ? 1 : 2);
  printf("%d %d %d %s %d %s\n", function(), *third, *last, letter, right, function == five ? "right" : "wrong");
}
#endif
