// The index of a BSD archive has a date of its own. It is the present one, or what a reproducible build says; an archive
// without dates stays without.
// REQUIRES: clang-19
// RUN: clang-19 --target=x86_64-apple-macos11 -c %s -o %t.o
// RUN: rm -f %t.dated.a %t.plain.a && llvm-ar --format=darwin rcU %t.dated.a %t.o && llvm-ar --format=darwin rcD %t.plain.a %t.o
// RUN: env SOURCE_DATE_EPOCH=1234567890 %tool rewrite %t.dated.a -o %t.new --rename _first=_other
// RUN: head -c 68 %t.new | FileCheck %s --check-prefix=DATED
// DATED: #1/{{[0-9]+}} {{ *}}1234567890
// RUN: env SOURCE_DATE_EPOCH=1234567890 %tool rewrite %t.plain.a -o %t.new --rename _first=_other
// RUN: head -c 68 %t.new | FileCheck %s --check-prefix=PLAIN
// PLAIN: #1/{{[0-9]+}} {{ *}}0 {{.*}}
int first(void) { return 1; }
