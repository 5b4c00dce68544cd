// A second name of an inline function: a warning, because the linker keeps one copy of each inline function and it may be
// another object's. Then the name is missing, and the link says so; with the name in every object that has a copy, and in
// whichever order, the program runs. Localizing a copy is refused: with mold that program would crash.
// REQUIRES: gcc, bfd, gold, lld, mold
// RUN: g++ -O0 -DNUMBER=1 -c %s -o %t.1.o && g++ -O0 -DNUMBER=2 -c %s -o %t.2.o && g++ -O0 -c %s -o %t.main.o
// RUN: %tool rewrite %t.1.o -o %t.1.new --alias 'second=shared(int)' 2>&1 | FileCheck %s --check-prefix=WARNS
// WARNS: warning: {{.*}}'_Z6sharedi': is inline (COMDAT): when another object's copy is kept, 'second' is not defined; do the same in every object that has a copy
// RUN: g++ %t.main.o %t.1.new %t.2.o -o %t.exe && %t.exe | FileCheck %s
// RUN: not g++ %t.main.o %t.2.o %t.1.new -o %t.exe 2>/dev/null
// RUN: %tool rewrite %t.2.o -o %t.2.new --alias 'second=shared(int)' 2>/dev/null
// RUN: %link-and-run %t.exe g++ %t.main.o %t.1.new %t.2.new | FileCheck %s
// RUN: %link-and-run %t.exe g++ %t.main.o %t.2.new %t.1.new | FileCheck %s
// RUN: %exits 1 %tool rewrite %t.2.o --localize 'shared(int)' 2>&1 | FileCheck %s --check-prefix=LOCALIZE
// LOCALIZE: error: {{.*}}'_Z6sharedi': is inline (COMDAT) and cannot be made local
// CHECK: 12 12 12
#include <cstdio>
#ifdef NUMBER
inline int shared(int x) { return x * 3; }
#if NUMBER == 1
int first(int x) { return shared(x); }
#else
int other(int x) { return shared(x); }
#endif
#else
int first(int x), other(int x);
extern "C" int second(int x);
int main() { std::printf("%d %d %d\n", first(4), other(4), second(4)); }
#endif
