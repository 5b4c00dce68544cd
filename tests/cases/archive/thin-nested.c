// A thin archive can name a member of another archive (GNU's `/0:68`), another archive as a whole, or, where somebody made
// it so, another thin archive.
// REQUIRES: gcc, bfd, gold
// RUN: rm -rf %t && mkdir -p %t/out && cd %t && gcc -DA -c %s -o a.o && gcc -c %s -o b.o && gcc -DMAIN -c %s -o main.o && ar rcs in.a a.o b.o && ar qcsT x.a in.a && ar t x.a | FileCheck %s --check-prefix=MEMBERS && cp in.a in.orig
// MEMBERS:      a.o
// MEMBERS-NEXT: b.o
/// A member that changes becomes a file of its own; the other one stays where it is.
// RUN: %tool rewrite x.a -o out/x.a --rename first=renamed | FileCheck %s --check-prefix=SAID && nm -s out/x.a | FileCheck %s --check-prefix=MAP && cmp in.a in.orig
// SAID: x.a(in.a)(a.o): rename 'first' -> 'renamed'
// MAP:      renamed in {{.*}}out/x.a.members/a-
// MAP-NEXT: second in {{.*}}b.o
// RUN: grep -a '^/[0-9]*:[0-9]' out/x.a | wc -l | FileCheck %s --check-prefix=LEFT
// LEFT: 1
// RUN: gcc -fuse-ld=bfd main.o out/x.a -o p && ./p | FileCheck %s --check-prefix=PRINTS && gcc -fuse-ld=gold main.o out/x.a -o p && ./p | FileCheck %s --check-prefix=PRINTS
// PRINTS: 42
/// In place it would be that archive that changes.
// RUN: %exits 1 %tool rewrite x.a --thin-members --rename first=renamed 2>&1 | FileCheck %s --check-prefix=IN-PLACE
// IN-PLACE: error: x.a(in.a)(a.o): is in an archive that the thin archive names, and is not taken out of it in place; write the result elsewhere with -o, or rewrite that archive and make the thin one anew
// RUN: %tool rewrite x.a -o out/same.a && ar t out/same.a | FileCheck %s --check-prefix=MEMBERS
/// An archive as a whole is a member like others, and the objects in it are looked into.
// RUN: %make-archive whole.a --thin in.a b.o && %tool rewrite whole.a -o whole.new --rename first=renamed 2>&1 | FileCheck %s --check-prefix=WHOLE && bash -c 'mv whole.new.members/in-* in.new' && %same-archive in.a in.new | FileCheck %s --check-prefix=CHANGED
// WHOLE: whole.a(in.a)(a.o): rename 'first' -> 'renamed'
// CHANGED: changed (a.o)
/// A thin archive in a thin archive is not looked into: with requests it is refused, otherwise a warning says so.
// RUN: ar rcsT thin.a b.o && %make-archive outer.a --thin thin.a a.o
// RUN: %exits 1 %tool rewrite outer.a -o outer.new --rename first=renamed 2>&1 | FileCheck %s --check-prefix=THIN
// THIN: error: outer.a(thin.a): is a thin archive: its members are files of their own, and linkname does not look into them from here; name these files, or make an archive that holds its members
// RUN: %tool rewrite outer.a -o outer.new 2>&1 | FileCheck %s --check-prefix=WARNED && cmp outer.a outer.new
// WARNED: warning: outer.a(thin.a): is a thin archive
// RUN: %tool inspect outer.a 2>&1 | FileCheck %s --check-prefix=NOTE
// NOTE: note: outer.a(thin.a): is a thin archive
// NOTE: outer.a(a.o): elf64
/// So is one in an archive that holds its members, since nobody says from which folder its names count.
// RUN: ar rcs holds.a thin.a && %exits 1 %tool rewrite holds.a --prefix p_ 2>&1 | FileCheck %s --check-prefix=HELD
// HELD: error: holds.a(thin.a): is a thin archive
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
