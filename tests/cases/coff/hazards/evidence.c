// What GCC's objects show: a pointer in .data is evidence; constants beside jump tables, tables of labels and calls are
// none; debug information says what was compiled without optimisation; a record decides.
// REQUIRES: mingw, i686-mingw
// RUN: x86_64-w64-mingw32-gcc -w -O2 -c %s -o %t.o && %tool inspect %t.o | FileCheck %s
// RUN: i686-w64-mingw32-gcc -w -O2 -c %s -o %t.o && %tool inspect %t.o | FileCheck %s
// RUN: x86_64-w64-mingw32-gcc -w -O0 -g -c %s -o %t.o && %tool inspect %t.o | FileCheck %s --check-prefix=DEBUG
// RUN: x86_64-w64-mingw32-gcc -w -O2 -I %include -DRECORD -c %s -o %t.o && %tool inspect %t.o | FileCheck %s --check-prefix=RECORD
// CHECK-DAG: {{_?}}in_data {{.*}} safe: data of this file holds its address
// CHECK-DAG: {{_?}}called {{.*}} unverifiable
// CHECK-DAG: {{_?}}labels {{.*}} unverifiable
// CHECK-DAG: {{_?}}variable {{.*}} unverifiable
// DEBUG-DAG: called {{.*}} safe: its debug information says that GCC compiled it without optimisation
// DEBUG-DAG: variable {{.*}} safe: its debug information says that GCC compiled it without optimisation
// RECORD-DAG: called {{.*}} safe: a record points to it
#ifdef RECORD
#include <linkname/linkname.h>
#endif
__attribute__((noinline)) static int in_data(int x) { return x + 1; }
int (*pointer)(int) = in_data;
__attribute__((noinline)) static int called(int x) { return x * 3; }
#ifdef RECORD
LINKNAME(called);
#endif
__attribute__((noinline)) static int labels(int x) {
start:;
  static void *table[] = {&&start, &&one, &&two};
  goto *table[x];
one:
  return 1;
two:
  return 2;
}
static int variable = 3;
int use(int x) { return called(x) + labels(x) + in_data(x) + ++variable; }
