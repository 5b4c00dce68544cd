// With -o, the members of a thin archive that change are written beside the new archive, and it names all others from
// where it is. The old archive, its members and whatever else stands there are left alone.
// REQUIRES: gcc, bfd, gold, lld, mold, llvm-ar-19
// RUN: rm -rf %t && mkdir -p %t/lib %t/obj %t/out && cd %t && gcc -DA -c %s -o obj/a.o && gcc -c %s -o obj/b.o && gcc -DMAIN -c %s -o main.o
// RUN: ar rcsT lib/gnu.a obj/a.o obj/b.o && llvm-ar-19 --thin -rcs lib/llvm.a obj/a.o obj/b.o && cp lib/gnu.a gnu.orig && cp obj/a.o a.orig && cp obj/b.o b.orig
/// In place is refused, and nothing happens; so is it where --dry-run asks.
// RUN: %exits 1 %tool rewrite lib/gnu.a --rename first=renamed 2>&1 | FileCheck %s --check-prefix=REFUSED
// RUN: %exits 1 %tool rewrite lib/gnu.a --rename first=renamed --dry-run 2>&1 | FileCheck %s --check-prefix=REFUSED
// REFUSED:      error: lib/gnu.a: is a thin archive, and members of it would change, which are files of their own; -o OUT leaves them as they are and writes new ones beside OUT; --thin-members changes the files themselves
// REFUSED-NEXT: {{^}}  lib/gnu.a(../obj/a.o){{$}}
// REFUSED-NOT:  b.o
/// Elsewhere: the new member stands beside the archive, the other one is found from there.
// RUN: %tool rewrite lib/gnu.a -o out/new.a --rename first=renamed | FileCheck %s --check-prefix=SAID
// SAID: lib/gnu.a(../obj/a.o): rename 'first' -> 'renamed'  (--rename)
// RUN: ls out out/new.a.members | FileCheck %s --check-prefix=FILES
// FILES:      out:
// FILES-NEXT: {{^}}new.a{{$}}
// FILES-NEXT: {{^}}new.a.members{{$}}
// FILES-EMPTY:
// FILES-NEXT: out/new.a.members:
// FILES-NEXT: {{^a-[0-9a-f]{16}\.o$}}
// FILES-NOT:  {{.}}
// RUN: nm -s out/new.a | FileCheck %s --check-prefix=MAP
// MAP:      renamed in {{.*}}new.a.members/a-{{[0-9a-f]*}}.o
// MAP-NEXT: {{second in .*obj/b.o}}
// MAP-NOT:  first
// RUN: llvm-nm --print-armap out/new.a | FileCheck %s --check-prefix=LLVM
// LLVM:      renamed in new.a.members/a-{{[0-9a-f]*}}.o
// LLVM-NEXT: second in ../obj/b.o
// RUN: %link-and-run %t/p gcc main.o out/new.a | FileCheck %s --check-prefix=PRINTS
// PRINTS: 42
/// What it was made of is as it was, and LLVM's archives are no different.
// RUN: cmp lib/gnu.a gnu.orig && cmp obj/a.o a.orig && cmp obj/b.o b.orig && cmp lib/gnu.a lib/llvm.a
/// The sizes in the headers are those of the files.
// RUN: ar tv out/new.a > list && python3 -c "import os; print(all(int(line.split()[2]) == os.path.getsize(line.split()[-1]) for line in open('list')))" | FileCheck %s --check-prefix=SIZES
// SIZES: True
/// The same again changes nothing; another request writes another member, and the first one stays for whoever names it.
// RUN: cp out/new.a new.orig && %tool rewrite lib/gnu.a -o out/new.a --rename first=renamed && cmp out/new.a new.orig && ls out/new.a.members | wc -l | FileCheck %s --check-prefix=ONE
// ONE: 1
// RUN: %tool rewrite lib/gnu.a -o out/new.a --rename first=other && ls out/new.a.members | wc -l | FileCheck %s --check-prefix=TWO && nm -s out/new.a | FileCheck %s --check-prefix=OTHER
// TWO: 2
// OTHER: other in
/// The archive itself can be the output: it gets members of its own.
// RUN: cp lib/gnu.a lib/self.a && %tool rewrite lib/self.a -o lib/self.a --rename first=renamed && nm -s lib/self.a | FileCheck %s --check-prefix=SELF && cmp obj/a.o a.orig
// SELF: renamed in lib/self.a.members/a-
/// Without anything to do: the same bytes in the same folder, names that are right elsewhere, and no folder beside it.
// RUN: %tool rewrite lib/gnu.a && cmp lib/gnu.a gnu.orig
// RUN: %tool rewrite lib/gnu.a -o lib/same.a && cmp lib/same.a gnu.orig && %tool rewrite lib/gnu.a -o here.a && ar t here.a | FileCheck %s --check-prefix=HERE
// HERE:      {{^}}obj/a.o
// HERE-NEXT: {{^}}obj/b.o
// RUN: %tool rewrite here.a -o lib/back.a && cmp lib/back.a gnu.orig && not ls here.a.members
/// A dry run writes nothing.
// RUN: %tool rewrite lib/gnu.a -o out/dry.a --rename first=renamed --dry-run | FileCheck %s --check-prefix=SAID && not ls out/dry.a && not ls out/dry.a.members
/// Absolute names stay; a link to the folder is seen through, since `..` leads out of where it really is.
// RUN: llvm-ar-19 --thin -rcs abs.a %t/obj/a.o obj/b.o && mkdir -p deep/er && ln -s deep/er short && %tool rewrite abs.a -o short/abs.a && ar t short/abs.a && nm -s short/abs.a | FileCheck %s --check-prefix=DEEP
// DEEP: second in short/../../obj/b.o
/// ... but not a link to a file elsewhere, beside which nobody would look.
// RUN: ln -s %t/out/new.a link.a && %exits 1 %tool rewrite abs.a -o link.a --rename first=renamed 2>&1 | FileCheck %s --check-prefix=LINK
// LINK: error: link.a: is a link into another folder, from where the names in a thin archive would lead elsewhere; name the file itself
// RUN: %exits 4 %tool rewrite abs.a -o nowhere/x.a --rename first=renamed 2>&1 | FileCheck %s --check-prefix=NOWHERE
// NOWHERE: error: nowhere/x.a: cannot write into the folder 'nowhere': No such file or directory
/// A file that is in the way is never overwritten, and what was written before it is taken back.
// RUN: %tool rewrite lib/gnu.a -o way.a --rename second=renamed && rm way.a && python3 -c "import glob; open(glob.glob('way.a.members/b-*')[0], 'w').write('mine')"
// RUN: %exits 1 %tool rewrite lib/gnu.a -o way.a --rename second=renamed 2>&1 | FileCheck %s --check-prefix=WAY && not ls way.a
// WAY: error: way.a.members/b-{{[0-9a-f]*}}.o: is in the way: it is called by contents that it does not have; remove it, or choose another output
// RUN: rm way.a.members/a-* && %exits 1 %tool rewrite lib/gnu.a -o way.a --rename second=renamed 2>&1 && ls way.a.members | wc -l | FileCheck %s --check-prefix=ONE
/// What is said of a name, and of a choice, is what is said of members anywhere.
// RUN: %exits 1 %tool rewrite lib/gnu.a -o out/x.a --rename firs=x 2>&1 | FileCheck %s --check-prefix=MISSING
// MISSING: error: --rename: there is no symbol 'firs' in any of 2 objects; did you mean 'first'?
// RUN: %exits 1 %tool rewrite lib/gnu.a -o out/x.a --export quiet 2>&1 | FileCheck %s --check-prefix=CHOICE
// CHOICE:      error: --export: 'quiet' could be any of these
// CHOICE-NEXT: lib/gnu.a(../obj/a.o): .symtab
// CHOICE-NEXT: lib/gnu.a(../obj/b.o): .symtab
// RUN: %tool rewrite lib/gnu.a -o out/x.a --export b.o:quiet 2>&1 | FileCheck %s --check-prefix=CHOSEN
// CHOSEN: lib/gnu.a(../obj/b.o): export 'quiet'
/// Records are obeyed.
// RUN: gcc -I %include -DRECORD -c %s -o record.o && ar rcsT records.a record.o obj/a.o && %tool rewrite records.a -o records.new && nm -s records.new | FileCheck %s --check-prefix=RECORD
// RECORD: exported in records.new.members/record-
// RECORD: first in obj/a.o
/// The member twice, under two names: one file, one change.
// RUN: ar qcsT twice.a obj/a.o obj/../obj/a.o && %tool rewrite twice.a -o twice.new --rename first=renamed | FileCheck %s --check-prefix=ONCE && ls twice.new.members | wc -l | FileCheck %s --check-prefix=ONE && nm -s twice.new | FileCheck %s --check-prefix=TWICE
// ONCE-COUNT-1: rename 'first'
// ONCE-NOT: rename '
// TWICE-COUNT-2: renamed in
/// Texts and the like are no concern of anybody's.
// RUN: printf 'int f;' > readme && ar rcsT text.a readme obj/a.o && %tool rewrite text.a -o text.new --rename first=renamed && ar t text.new | FileCheck %s --check-prefix=TEXT
// TEXT:      readme
// TEXT-NEXT: text.new.members/a-
/// An archive without members has nothing to miss.
// RUN: printf '!<thin>\n' > empty.a && %tool rewrite empty.a -o empty.new && cmp empty.a empty.new
#if defined A
int second(int);
static int quiet(int x) { return second(x); }
int first(int x) { return 2 * quiet(x); }
#elif defined MAIN
#include <stdio.h>
int renamed(int);
int main(void) { printf("%d\n", renamed(20)); }
#elif defined RECORD
#include <linkname/linkname.h>
static int exported(int x) { return x; }
LINKNAME(exported);
int use(int x) { return exported(x); }
#else
static int quiet(int x) { return x + 1; }
int second(int x) { return quiet(x); }
#endif
