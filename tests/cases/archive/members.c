// What stands in archives beside objects with names of their own: nothing, no index, one name several times, archives.
// REQUIRES: gcc, llvm-ar-19
// RUN: rm -rf %t && mkdir %t && cd %t && printf odd > readme && gcc -c -DA %s -o a.o && gcc -c %s -o b.o
/// An empty archive is a file without objects.
// RUN: llvm-ar-19 qcs empty.a && %tool rewrite empty.a -o empty.new && cmp empty.a empty.new
// RUN: %exits 1 %tool rewrite empty.a --rename f=g 2>&1 | FileCheck %s --check-prefix=EMPTY
// EMPTY: error: --rename: there is no symbol 'f' in the input, which holds no object
// RUN: printf '!<arch>\n' > bare.a && %tool rewrite bare.a && %tool inspect bare.a
/// Two members of one name: both are what the name means; a static in both is a choice that only the source decides.
// RUN: mkdir two && cp b.o two/a.o && llvm-ar-19 qcs twins.a a.o readme two/a.o
// RUN: %archive-rewritten twins.a twins.new --rename first=renamed | FileCheck %s --check-prefix=TWINS
// TWINS-COUNT-2: changed (a.o)
// RUN: llvm-nm --print-armap twins.new | FileCheck %s --check-prefix=TWINS-MAP
// TWINS-MAP: renamed in a.o
// TWINS-MAP-NEXT: second in a.o
/// Archives in archives, one of them in another form than the outer one, whose members stand on multiples of eight.
// RUN: llvm-ar-19 qcs in.a readme a.o && llvm-ar-19 --format=bsd -qcs out.a b.o in.a readme b.o && llvm-ar-19 qcs outer.a out.a in.a
// RUN: %archive-rewritten out.a out.new --rename first=a_longer_name_than_before_for_sure | FileCheck %s --check-prefix=NESTED
// NESTED:      changed (b.o)
// NESTED-NEXT: changed (in.a)(a.o)
// NESTED-NEXT: changed (b.o)
// RUN: %archive-rewritten outer.a outer.new --alias alias=first | FileCheck %s --check-prefix=OUTER
// OUTER:      changed (out.a)(in.a)(a.o)
// OUTER-NEXT: changed (in.a)(a.o)
// RUN: %tool rewrite outer.a --dry-run --rename first=f | FileCheck %s --check-prefix=SAYS
// SAYS-DAG: outer.a(out.a)(b.o): rename 'first' -> 'f'
// SAYS-DAG: outer.a(out.a)(in.a)(a.o): rename 'first' -> 'f'
// SAYS-DAG: outer.a(in.a)(a.o): rename 'first' -> 'f'
/// Deeper than any real one: what is too deep is left alone.
// RUN: cp in.a d.a && bash -ec 'for i in 1 2 3 4; do llvm-ar-19 qcS next.a d.a; mv next.a d.a; done'
// RUN: %exits 1 %tool rewrite d.a --rename first=f 2>&1 | FileCheck %s --check-prefix=DEEP
// DEEP: error: --rename: there is no symbol 'first'
/// The last member has no padding behind it, as some tools leave it.
// RUN: llvm-ar-19 qcs last.a a.o readme && python3 -c "d = open('last.a', 'rb').read(); open('last.a', 'wb').write(d[:-1])"
// RUN: %archive-rewritten last.a last.new --rename first=another | FileCheck %s --check-prefix=LAST
// LAST: changed (a.o)
/// Records in members are obeyed, and nothing else is looked at.
// RUN: gcc -I %include -DRECORD -c %s -o record.o && llvm-ar-19 qcs records.a a.o record.o readme
// RUN: %archive-rewritten records.a records.new | FileCheck %s --check-prefix=RECORD
// RECORD-NOT: (a.o)
// RECORD: changed (record.o)
// RUN: llvm-nm --print-armap records.new | FileCheck %s --check-prefix=RECORD-MAP
// RECORD-MAP: exported in record.o
// RECORD-MAP: U first
#if defined A
int first(int x) { return x; }
#elif defined RECORD
#include <linkname/linkname.h>
static int exported(int x) { return x; }
LINKNAME(exported);
int pulled(int);
LINKNAME(pulled, "first");
int use(int x) { return exported(x) + pulled(x); }
#else
int first(int);
int second(int x) { return first(x); }
#endif
