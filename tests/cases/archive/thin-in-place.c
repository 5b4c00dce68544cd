// With --thin-members, the files that a thin archive names are rewritten themselves, and the archive's index and sizes
// with them; whoever names a file of them, it is rewritten once.
// REQUIRES: gcc, bfd, gold, lld, mold
// RUN: rm -rf %t && mkdir -p %t/lib %t/obj && cd %t && gcc -DA -c %s -o obj/a.o && gcc -c %s -o obj/b.o && gcc -DMAIN -c %s -o main.o && ar rcsT lib/x.a obj/a.o obj/b.o && chmod 640 obj/a.o
// RUN: %tool rewrite lib/x.a --thin-members --rename first=renamed --format json | FileCheck %s --check-prefix=JSON
// JSON:     "archive": "lib/x.a"
// JSON:     "file": "lib/x.a(../obj/a.o)"
// JSON:     "output": "lib/../obj/a.o"
// JSON-NOT: "file":
// RUN: nm -s lib/x.a | FileCheck %s --check-prefix=MAP && nm obj/a.o | FileCheck %s --check-prefix=MEMBER && ls -l obj/a.o | FileCheck %s --check-prefix=MODE
// MAP:      renamed in lib/../obj/a.o
// MAP-NEXT: second in lib/../obj/b.o
// MEMBER:   T renamed
// MODE:     -rw-r-----
// RUN: ar tv lib/x.a > list && python3 -c "import os; print(all(int(line.split()[2]) == os.path.getsize(line.split()[-1]) for line in open('list')))" | FileCheck %s --check-prefix=SIZES
// SIZES: True
// RUN: %link-and-run %t/p gcc main.o lib/x.a | FileCheck %s --check-prefix=PRINTS
// PRINTS: 42
/// There is nothing beside them, and without anything to do nothing changes.
// RUN: ls obj lib | FileCheck %s --check-prefix=FILES && cp lib/x.a x.orig && %tool rewrite lib/x.a --thin-members && cmp lib/x.a x.orig
// FILES: lib:
// FILES-NEXT: x.a
// FILES: obj:
// FILES-NEXT: a.o
// FILES-NEXT: b.o
// FILES-NOT: {{.}}
/// With -o, members are left alone, and so the option makes no sense.
// RUN: %exits 2 %tool rewrite lib/x.a --thin-members -o out.a --rename renamed=first 2>&1 | FileCheck %s --check-prefix=USAGE
// USAGE: error: --thin-members: is about files that change in place, and -o leaves them alone; leave out one of the two
/// One file in two archives, and on the command line as well: rewritten once, and both indices know.
// RUN: ar rcsT y.a obj/b.o obj/a.o && cp obj/a.o a.orig
// RUN: %exits 1 %tool rewrite obj/a.o lib/x.a y.a --rename renamed=again 2>&1 | FileCheck %s --check-prefix=NAMED
// NAMED:      error: lib/x.a: is a thin archive
// NAMED-NEXT: {{^}}  obj/a.o{{$}}
// RUN: cmp obj/a.o a.orig
// RUN: %tool rewrite lib/x.a y.a --thin-members --rename renamed=again | FileCheck %s --check-prefix=ONCE && nm -s lib/x.a | FileCheck %s --check-prefix=AGAIN && nm -s y.a | FileCheck %s --check-prefix=AGAIN
// ONCE-COUNT-1: rename 'renamed'
// ONCE-NOT:     rename '
// AGAIN: again in
// RUN: %tool rewrite y.a obj/a.o --thin-members --rename again=thrice | FileCheck %s --check-prefix=THRICE && nm -s y.a | FileCheck %s --check-prefix=THRICE-MAP
// THRICE: obj/a.o: rename 'again' -> 'thrice'
// THRICE-MAP: thrice in obj/a.o
/// So x.a, which had no part in it, is found to be older than its member, whose size has changed.
// RUN: %exits 3 %tool rewrite lib/x.a --thin-members --rename thrice=four_times 2>&1 | FileCheck %s --check-prefix=STALE
// STALE: error: lib/x.a(../obj/a.o): has {{[0-9]+}} bytes, and had {{[0-9]+}} when the archive was made; make the archive anew with `ar --thin`
/// A link to a member stays a link.
// RUN: mkdir far && cp obj/b.o far/b.o && ln -s far/b.o l.o && %make-archive l.a --thin l.o && %tool rewrite l.a --thin-members --rename second=zwei && ls -l l.o | FileCheck %s --check-prefix=LINK && nm far/b.o | FileCheck %s --check-prefix=FAR && nm -s l.a | FileCheck %s --check-prefix=LINKED
// LINK: l.o -> far/b.o
// FAR: T zwei
// LINKED: zwei in l.o
/// Refusals change nothing, whichever member they are about.
// RUN: ar rcsT z.a obj/b.o obj/a.o && cp z.a z.orig && %exits 1 %tool rewrite z.a --thin-members --rename second=neu --rename nowhere=neu && cmp z.a z.orig && nm obj/b.o | FileCheck %s --check-prefix=KEPT
// KEPT: T second
#if defined A
int second(int);
int first(int x) { return 2 * second(x); }
#elif defined MAIN
#include <stdio.h>
int renamed(int);
int main(void) { printf("%d\n", renamed(20)); }
#else
int second(int x) { return x + 1; }
#endif
