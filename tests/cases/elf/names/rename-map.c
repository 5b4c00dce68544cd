// --rename-map, over two objects at once: a swap, a name that is only referred to, versions; and what contradicts itself.
// REQUIRES: gcc, bfd, gold, lld, mold
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: gcc -O1 -DONE -c %s -o one.o && gcc -O1 -c %s -o two.o
// RUN: printf '# names\n\nfirst second # trade\n  second\tfirst\r\nabs own_abs\n' > swap.map
// RUN: cp one.o 1.o && cp two.o 2.o && %tool rewrite 1.o 2.o --rename-map swap.map | FileCheck %s --check-prefix=EDITS
// EDITS-DAG: 1.o: rename 'first' -> 'second'  (swap.map:3)
// EDITS-DAG: 1.o: rename 'second' -> 'first'  (swap.map:4)
// EDITS-DAG: 2.o: rename 'first' -> 'second'  (swap.map:3)
// EDITS-DAG: 2.o: rename 'abs' -> 'own_abs'  (swap.map:5)
// RUN: %link-and-run %t/before gcc -fno-builtin one.o two.o | FileCheck %s
// RUN: %link-and-run %t/after gcc -fno-builtin 1.o 2.o | FileCheck %s --check-prefix=AFTER
// RUN: llvm-nm 1.o | FileCheck %s --check-prefix=NAMES
// NAMES: 0000000000000000 T second
// CHECK: 1 2 1003
// AFTER: 1 2 1997
/// The map goes before a prefix, and --except limits both.
// RUN: printf 'first uno\n' > one.map
// RUN: %tool rewrite one.o two.o --dry-run --rename-map one.map --prefix p_ --except second | FileCheck %s --check-prefix=BOTH
// BOTH: one.o: rename 'first' -> 'uno'  (one.map:1)
// BOTH-NEXT: one.o: rename 'own_abs' -> 'p_own_abs'  (--prefix)
/// Errors, all of them at once.
// RUN: printf 'firt a\nfirst main\nsecond one\nown_abs one\nfirst b\n__bss_start x\n' > bad.map
// RUN: %exits 1 %tool rewrite one.o two.o --rename-map bad.map 2>&1 | FileCheck %s --check-prefix=BAD
// BAD: error: bad.map:1: there is no symbol 'firt' in any of 2 objects; did you mean 'first'?
// BAD: error: bad.map:6: '__bss_start' cannot have another name: the linker makes it, or looks for it
// BAD: error: bad.map:4: 'one' is the new name of 'second' too, by bad.map:3
// BAD: error: bad.map:5: 'first' has a new name already, by bad.map:2
// RUN: printf 'first main\n' > taken.map && %exits 1 %tool rewrite one.o two.o --rename-map taken.map 2>&1 | FileCheck %s --check-prefix=TAKEN
// TAKEN: error: taken.map:1: 'first' cannot be called 'main', which is defined here already: two.o: .symtab[{{[0-9]+}}] 'main'
// RUN: printf 'first p_second\n' > same.map && %exits 1 %tool rewrite one.o two.o --rename-map same.map --prefix p_ 2>&1 | FileCheck %s --check-prefix=SAME
// SAME: error: same.map:1: 'p_second' is what 'second' will be called too
// RUN: printf 'first abs\n' > capture.map && %tool rewrite one.o two.o --dry-run --rename-map capture.map 2>&1 | FileCheck %s --check-prefix=CAPTURE
// CAPTURE: warning: capture.map:1: 'first' is called 'abs', which is referred to here as somebody else's
// RUN: printf 'first\nfirst a b\n' > form.map && %exits 2 %tool rewrite one.o --rename-map form.map 2>&1 | FileCheck %s --check-prefix=FORM
// FORM: error: form.map:1: a line takes two names: OLD NEW
// FORM: error: form.map:2: a line takes two names: OLD NEW
// RUN: %exits 4 %tool rewrite one.o --rename-map nowhere.map
#ifdef ONE
extern char __bss_start;
__attribute__((used)) static char *const start = &__bss_start;
int first(void) { return 1; }
int second(void) { return 2; }
int own_abs(int x) { return x + 1000; }
#else
#include <stdio.h>
int first(void), second(void), own_abs(int);
int (*volatile call)(int);
int abs(int);
int main(void) {
  call = abs;
  printf("%d %d %d\n", first(), second(), own_abs(call(-3)));
}
#endif
