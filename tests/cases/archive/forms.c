// Indices in forms that tools at hand do not write: a sorted one, in which a new name takes another place; one with a name
// of odd length in front of it, behind which all offsets are odd; a COFF library's two, of ELF objects.
// REQUIRES: gcc
// RUN: rm -rf %t && mkdir %t && cd %t && printf odd > odd && gcc -c -DA %s -o a.o && gcc -c %s -o b.o
// RUN: bash -ec 'for form in gnu:long gnu64:short coff:short bsd:bsd bsd-exact:bsd sorted:bsd sorted-exact:bsd bsd64-exact:bsd \
// RUN:   sorted64:bsd none:bsd; do                                                                                       \
// RUN:   %make-archive x.a --index ${form%:*} --names ${form#*:} a.o odd b.o odd &&                                      \
// RUN:   %archive-rewritten x.a x.new --rename middle=zz_last --alias aa_first=other 2> errors &&                        \
// RUN:   %archive-rewritten x.a x.new --localize middle --rename other=a_name_longer_than_all_the_others 2> errors ||    \
// RUN:   { echo $form; cat errors; exit 1; }; done' | sort | uniq -c | FileCheck %s
// CHECK:      20 changed (a.o)
// CHECK-NEXT: 20 changed (b.o)
// CHECK-NOT: {{.}}
/// A big-endian index stays big-endian.
// RUN: %make-archive x.a --index bsd-big --names bsd a.o b.o && %tool rewrite x.a -o x.new --rename middle=m > x.log
// RUN: env BARE=1 %same-archive x.a x.new | FileCheck %s --check-prefix=BIG
// BIG: changed (a.o)
#ifdef A
int first(int x) { return x; }
int middle(int x) { return x; }
#else
static int quiet(int x) { return x; }
int (*volatile keep)(int) = quiet;
int other(int x) { return keep(x); }
#endif
