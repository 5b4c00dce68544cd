// A prefix over two archives that speak of each other: what the set defines gets it in both, common and weak symbols
// too; what it does not define stays. The indices of the archives follow, and every linker finds the members.
// REQUIRES: gcc, bfd, gold, lld, mold
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: gcc -O1 -fcommon -DFRONT -c %s -o front.o && gcc -O1 -fcommon -DBACK -c %s -o back.o && gcc -O1 -c %s -o main.o
// RUN: ar rc libfront.a front.o && ar rc libback.a back.o
// RUN: %tool rewrite libfront.a libback.a --prefix my_ | FileCheck %s --check-prefix=EDITS
// RUN: llvm-nm --print-armap libfront.a libback.a | FileCheck %s --check-prefix=NAMES
// RUN: %link-and-run %t/exe gcc main.o -Wl,--start-group libfront.a libback.a -Wl,--end-group | FileCheck %s
// EDITS-DAG: libfront.a(front.o): rename 'twice' -> 'my_twice'  (--prefix)
// EDITS-DAG: libback.a(back.o): rename 'twice' -> 'my_twice'  (--prefix)
// EDITS-NOT: strlen
// NAMES: my_run in front.o
// NAMES: U my_fallback
// NAMES: T my_run
// NAMES: C my_shared
// NAMES: U my_twice
// NAMES: my_twice in back.o
// NAMES: W my_fallback
// NAMES: t quiet
// NAMES: U strlen
// CHECK: 18 5 twice
// The names that were there are free again.
#ifdef FRONT
int shared, twice(int), fallback(void);
int run(int x) { return twice(x) + fallback() + ++shared; }
#elif defined BACK
#include <string.h>
int shared;
__attribute__((noinline)) static int quiet(const char *text) { return (int)strlen(text); }
__attribute__((weak)) int fallback(void) { return quiet("seven"); }
int twice(int x) { return 2 * x + shared * 0; }
#else
#include <stdio.h>
extern int my_shared;
int my_run(int), my_fallback(void);
const char *twice = "twice";
int main(void) {
  int ran = my_run(6);
  printf("%d %d %s\n", ran, my_fallback(), twice);
  return my_shared - 1;
}
#endif
