// Who may pull what, in the cases of Go's linker: a push is fine; a pull of what is public is fine; a private definition
// needs its owner's word or a rule; what is denied stays so even with a push; --handshake=off is the way out.
// REQUIRES: gcc
// RUN: rm -rf %t && split-file %s %t && cd %t
// RUN: %tool cc -- gcc -O2 -I%include -c offers.c && %tool cc -- gcc -O2 -I%include -c silent.c
// RUN: %tool cc -- gcc -O2 -I%include -DREMOTE=pushed_name -c main.c -o pushed.o
// RUN: %tool link -- gcc pushed.o offers.o -o a && ./a | FileCheck %s --check-prefix=FIVE
// RUN: %tool cc -- gcc -O2 -I%include -DREMOTE=exported -c main.c -o exported.o
// RUN: %tool link -- gcc exported.o offers.o -o a && ./a | FileCheck %s --check-prefix=FIVE
// RUN: %tool cc -- gcc -O2 -I%include -DREMOTE=is_public -c main.c -o public.o
// RUN: %tool link -- gcc public.o offers.o -o a && ./a | FileCheck %s --check-prefix=FIVE
// FIVE: 5
/// So it is when nobody has run `cc`: the link obeys what the records of its inputs say.
// RUN: gcc -O2 -I%include -c offers.c -o raw.o && gcc -O2 -I%include -DREMOTE=pushed_name -c main.c -o rawmain.o
// RUN: %tool link -- gcc rawmain.o raw.o -o a && ./a | FileCheck %s --check-prefix=FIVE
/// Without anybody's word.
// RUN: %tool cc -- gcc -O2 -I%include -DREMOTE=is_private -c main.c -o private.o && rm a
// RUN: %exits 1 %tool link -- gcc private.o silent.o -o a 2>&1 | FileCheck %s --check-prefix=PRIVATE && not test -e a
// PRIVATE: error: LINKNAME at main.c:5: 'is_private' is private to silent.o: .symtab[{{[0-9]+}}] 'is_private', which does not offer it; put LINKNAME(is_private) into its source; or allow it in the rules with `allow main.c is_private`; or link with --handshake=off
// RUN: %tool link --allow main.c=is_private -- gcc private.o silent.o -o a && ./a | FileCheck %s --check-prefix=FIVE
// RUN: %tool link --allow '*.o=is_*' -- gcc private.o silent.o -o a && ./a | FileCheck %s --check-prefix=FIVE
// RUN: %exits 1 %tool link --allow other.c=is_private -- gcc private.o silent.o -o a 2>&1 | FileCheck %s --check-prefix=PRIVATE
// RUN: %tool link --handshake=off -- gcc private.o silent.o -o a 2>&1 | FileCheck %s --check-prefix=OFF && ./a | FileCheck %s --check-prefix=FIVE
// OFF: note: the handshake is off: 1 pull of a private definition that no owner offers and no rule allows
// RUN: echo 'export is_private # its owner says so here' > export.rules
// RUN: %tool link --rules export.rules -- gcc private.o silent.o -o a && ./a | FileCheck %s --check-prefix=FIVE
/// Denied, whoever offers it.
// RUN: echo 'deny pushed_* except tests/* # being replaced' > deny.rules
// RUN: %exits 1 %tool link --rules deny.rules -- gcc pushed.o offers.o -o b 2>&1 | FileCheck %s --check-prefix=DENIED && not test -e b
// DENIED: error: LINKNAME at main.c:5: 'pushed_name' may not be pulled here: deny.rules:1 denies it (being replaced); use what its owner offers instead, or have this file excepted there
// RUN: %exits 1 %tool link --handshake=off --rules deny.rules -- gcc pushed.o offers.o -o b 2>&1 | FileCheck %s --check-prefix=DENIED
// RUN: echo 'deny pushed_* except main.c' > deny.rules && %tool link --rules deny.rules -- gcc pushed.o offers.o -o b && ./b | FileCheck %s --check-prefix=FIVE
/// A chain of two: main pulls what middle pushes, middle pulls what is private elsewhere. And an assembly function, and
/// a variable.
// RUN: %tool cc -- gcc -O2 -I%include -c middle.c && %tool cc -- gcc -O2 -I%include -DREMOTE=second -c main.c -o chain.o
// RUN: %tool link --allow middle.c=is_private -- gcc chain.o middle.o silent.o -o c && ./c | FileCheck %s --check-prefix=FIVE
// RUN: gcc -c assembly.s && %tool cc -- gcc -O2 -I%include -DREMOTE=in_assembly -c main.c -o assembly-main.o
// RUN: %tool link --allow main.c=in_assembly -- gcc assembly-main.o assembly.o -o d && ./d | FileCheck %s --check-prefix=FIVE
// RUN: %tool cc -- gcc -O2 -I%include -c variable.c && %tool link --allow variable.c=counter -- gcc variable.o silent.o -o e && ./e | FileCheck %s --check-prefix=NINE
// NINE: 9
// RUN: %exits 2 %tool link --allow main.c -- gcc a.o 2>&1 | FileCheck %s --check-prefix=USAGE
// USAGE: error: --allow: 'main.c' is not of the form CONSUMER=SYMBOL; name the object or source file that pulls, and what it may pull
//--- main.c
#include <linkname/linkname.h>
#define STRING(x) #x
#define NAME(x) STRING(x)
int local(int);
LINKNAME(local, NAME(REMOTE));
#include <stdio.h>
int main(void) { return printf("%d\n", local(4)) < 0; }
//--- offers.c
#include <linkname/linkname.h>
int pushed(int x) { return x + 1; }
LINKNAME(pushed, "pushed_name");
static int exported(int x) { return x + 1; }
LINKNAME(exported);
int is_public(int x) { return x + 1; }
//--- silent.c
static __attribute__((noinline)) int is_private(int x) { return x + 1; }
int (*volatile keep)(int) = is_private;
static int counter = 9;
int *volatile keep_counter = &counter;
//--- middle.c
#include <linkname/linkname.h>
int first(int);
LINKNAME(first, "is_private");
int middle(int x) { return first(x); }
LINKNAME(middle, "second");
//--- assembly.s
.text
.type in_assembly, @function
in_assembly:
  leal 1(%rdi), %eax
  ret
.size in_assembly, . - in_assembly
.data
.quad in_assembly
.section .note.GNU-stack,"",@progbits
//--- variable.c
#include <linkname/linkname.h>
#include <stdio.h>
extern int theirs;
LINKNAME(theirs, "counter");
int main(void) { return printf("%d\n", theirs) < 0; }
