// New names for a whole library work on thin archives as on others: what the members define is one set.
// REQUIRES: gcc, bfd, gold, lld, mold
// RUN: rm -rf %t && mkdir -p %t/obj %t/out && cd %t && gcc -DA -c %s -o obj/a.o && gcc -DB -c %s -o obj/b.o && gcc -DMAIN -c %s -o main.o
// RUN: ar rcsT one.a obj/a.o && ar rcsT two.a obj/b.o && ar rcsT both.a obj/a.o obj/b.o && ar rcs whole.a obj/a.o obj/b.o
/// A prefix, beside the output: both members follow, and the program that uses them both ways prints both.
// RUN: %tool rewrite both.a -o out/my.a --prefix my_ | FileCheck %s --check-prefix=SAID && nm -s out/my.a | FileCheck %s --check-prefix=MAP
// SAID-DAG: both.a(obj/a.o): rename 'first' -> 'my_first'
// SAID-DAG: both.a(obj/a.o): rename 'second' -> 'my_second'
// SAID-DAG: both.a(obj/b.o): rename 'second' -> 'my_second'
// MAP:      my_first in
// MAP-NEXT: my_second in
// RUN: %link-and-run %t/p gcc main.o both.a out/my.a | FileCheck %s --check-prefix=PRINTS
// PRINTS: 42 42
/// Isolated, it gets the name that an archive of the same members gets.
// RUN: cp both.a whole.a out && ar rcsT out/lib.a obj/a.o obj/b.o && mkdir w && ar rcs w/lib.a obj/a.o obj/b.o
// RUN: %tool rewrite out/lib.a -o iso.a --isolate --keep first && nm -g iso.a | grep second > thin.txt && %tool rewrite w/lib.a -o iso.w --isolate --keep first && nm -g iso.w | grep second > whole.txt && cmp thin.txt whole.txt && FileCheck %s --check-prefix=ISOLATED --input-file=thin.txt
// ISOLATED: T second.lib_
/// Two thin archives are one set, which is rewritten in place with leave alone.
// RUN: %exits 1 %tool rewrite one.a two.a --suffix _v1 2>&1 | FileCheck %s --check-prefix=REFUSED
// REFUSED:      error: one.a: is a thin archive
// REFUSED-NEXT: one.a(obj/a.o)
// REFUSED-NEXT: error: two.a: is a thin archive
// REFUSED-NEXT: two.a(obj/b.o)
// RUN: %tool rewrite one.a two.a --suffix _v1 --thin-members && nm obj/a.o | FileCheck %s --check-prefix=SUFFIX && nm -s two.a | FileCheck %s --check-prefix=TWO
// SUFFIX: T first_v1
// SUFFIX: U second_v1
// TWO: second_v1 in obj/b.o
/// A map, and the same files in two archives of the run.
// RUN: printf 'second_v1 zwei\n' > map && ar rcsT again.a obj/b.o obj/a.o && %tool rewrite two.a again.a --rename-map map --thin-members && nm -s two.a | FileCheck %s --check-prefix=MAPPED && nm -s again.a | FileCheck %s --check-prefix=MAPPED && nm obj/a.o | FileCheck %s --check-prefix=FOLLOWED
// MAPPED: zwei in obj/b.o
// FOLLOWED: U zwei
/// More members than a process may have open, and more edits than anybody reads: they are counted by archive.
// RUN: mkdir many && cd many && python3 -c 'for i in range(40): open(f"{i}.s", "w").write("".join(f".globl f{i}_{j}\nf{i}_{j}: .byte 0\n" for j in range(30)))'
// RUN: bash -ec 'for source in *.s; do as $source -o ${source%%.s}.o; done; ar rcsT x.a *.o; ar rcsT y.a *.o' && cd ..
// RUN: bash -ec 'cd many; ulimit -Sn 24; %tool rewrite x.a -o z.a --prefix p_; %tool rewrite x.a y.a --thin-members --prefix q_' | FileCheck %s --check-prefix=COUNTS && ls many/z.a.members | wc -l | FileCheck %s --check-prefix=FORTY && nm -s many/y.a | FileCheck %s --check-prefix=MANY
// COUNTS:      {{^}}z.a: 1200 edits in 40 objects; --dry-run lists them
// COUNTS-NEXT: {{^}}x.a: 1200 edits in 40 objects; --dry-run lists them
// FORTY: 40
// MANY: q_f1_1 in many/1.o
/// Members that are not read refuse it, as they do anywhere.
// RUN: gcc -DB -flto -c %s -o obj/lto.o && ar rcsT lto.a obj/a.o obj/lto.o && %exits 1 %tool rewrite lto.a -o lto.new --prefix p_ 2>&1 | FileCheck %s --check-prefix=LTO
// LTO: error: lto.a(obj/lto.o): {{.*}}it would go on speaking of the old names
#if defined A
int second(int);
int first(int x) { return 2 * second(x); }
#elif defined B
int second(int x) { return x + 1; }
#else
#include <stdio.h>
int first(int), my_first(int);
int main(void) { printf("%d %d\n", first(20), my_first(20)); }
#endif
