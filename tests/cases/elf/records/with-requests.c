// Records and requests go together: what both want is done once, what contradicts is refused.
// REQUIRES: gcc
// RUN: gcc -O2 -I%include -c %s -o %t.o
// RUN: %rewritten %t.o %t.new --rename own=lib.own --rename other=elsewhere | FileCheck %s
// CHECK-DAG: rename 'local' -> 'remote'  (LINKNAME at {{.*}})
// CHECK-DAG: rename 'other' -> 'elsewhere'  (--rename)
// CHECK-DAG: rename 'own' -> 'lib.own'  (--rename)
// RUN: %tool rewrite %t.o -o %t.one && %tool rewrite %t.o -o %t.two --rename local=remote && cmp %t.one %t.two
// RUN: %exits 1 %tool rewrite %t.o --rename local=third 2>&1 | FileCheck %s --check-prefix=TWO
// TWO: error: {{.*}}'local': LINKNAME at {{.*}}.c:[[#]] renames it to 'remote', and --rename to 'third'; keep one of the two
#include <linkname/linkname.h>
int local(int), other(int);
LINKNAME(local, "remote");
int own(int x) { return local(x) + other(x); }
