// Several private definitions of a name are a choice that a file in front of the name makes, or a rule. Another object that
// speaks of that name means something else, and does not get the promoted one.
// REQUIRES: gcc, bfd, gold, lld, mold
// RUN: rm -rf %t && split-file %s %t && cd %t && gcc -O2 -c a.c b.c && ar rcs libb.a b.o && gcc -O2 -c other.c
// RUN: %tool cc -- gcc -O2 -I%include '-DREMOTE="helper"' -c main.c -o any.o
// RUN: %exits 1 %tool link --handshake=off -- gcc any.o a.o libb.a -o x 2>&1 | FileCheck %s && not test -e x
// CHECK:      error: LINKNAME at main.c:3: 'helper' could be any of these; say which: LINKNAME(..., "FILE:helper") names an object, a member or a source file in front, and `export FILE:NAME` in the rules shows one of them to all
// CHECK-NEXT:   a.o: .symtab[{{[0-9]+}}] 'helper' (a.c, .text+0x0)
// CHECK-NEXT:   libb.a(b.o): .symtab[{{[0-9]+}}] 'helper' (b.c, .text+0x0)
// RUN: %tool cc -- gcc -O2 -I%include '-DREMOTE="a.o:helper"' -c main.c -o first.o
// RUN: %link-and-run %t/x %tool link --handshake=off -- gcc first.o a.o libb.a | FileCheck %s --check-prefix=A
// A: a
// RUN: %tool cc -- gcc -O2 -I%include '-DREMOTE="b.c:helper"' -c main.c -o second.o
// RUN: %link-and-run %t/x %tool link --handshake=off -- gcc second.o a.o libb.a | FileCheck %s --check-prefix=B
// B: b
// RUN: echo 'export b.c:helper' > b.rules && %link-and-run %t/x %tool link --rules b.rules -- gcc any.o a.o libb.a | FileCheck %s --check-prefix=B
/// A name that an object without a record speaks of stays that object's: undefined here, as before.
// RUN: %tool cc -- gcc -O2 -I%include '-DREMOTE="helper"' -c main.c -o any.o
// RUN: %tool link --handshake=off -- gcc any.o a.o other.o -o weak && ./weak | FileCheck %s --check-prefix=WEAK
// WEAK: a, theirs is not there
// RUN: %tool link --dry-run --handshake=off -- gcc any.o a.o other.o -o weak 2>/dev/null | FileCheck %s --check-prefix=NAME
// NAME: any.o: rename 'helper' -> 'helper.a.o'
// NAME: a.o: promote 'helper' to 'helper.a.o'
//--- main.c
#include <linkname/linkname.h>
const char *local(void);
LINKNAME(local, REMOTE);
#include <stdio.h>
int others_helper(void) __attribute__((weak));
int main(void) {
  printf("%s", local());
  if (others_helper)
    printf(", theirs is%s there", others_helper() ? "" : " not");
  return puts("") < 0;
}
//--- a.c
static __attribute__((noinline)) const char *helper(void) { return "a"; }
const char *(*volatile keep_a)(void) = helper;
//--- b.c
static __attribute__((noinline)) const char *helper(void) { return "b"; }
const char *(*volatile keep_b)(void) = helper;
//--- other.c
extern int helper(void) __attribute__((weak));
int others_helper(void) { return helper != 0; }
