// A record in a fat object asks for an edit like any other: refused, never half done.
// REQUIRES: gcc, clang-19
// RUN: gcc -O2 -flto -ffat-lto-objects -I%include -c %s -o %t.gcc.o && cp %t.gcc.o %t.orig
// RUN: %exits 1 %tool rewrite %t.gcc.o 2>&1 | FileCheck %s && cmp %t.gcc.o %t.orig
// RUN: clang-19 -O2 -flto -ffat-lto-objects -I%include -c %s -o %t.clang.o && cp %t.clang.o %t.orig
// RUN: %exits 1 %tool rewrite %t.clang.o 2>&1 | FileCheck %s && cmp %t.clang.o %t.orig
// RUN: gcc -O2 -flto -I%include -c %s -o %t.slim.o
// RUN: %exits 1 %tool rewrite %t.slim.o 2>&1 | FileCheck %s --check-prefix=SLIM
// CHECK: error: {{.*}}: holds code for link-time optimisation beside its native code
// SLIM: error: {{.*}}: holds nothing but code for link-time optimisation
#include <linkname/linkname.h>
int local(int);
LINKNAME(local, "remote");
int user(int x) { return local(x); }
