// GCC's objects for link-time optimisation: the intermediate code keeps the old names, so an edit of the native half
// would go wrong. Refused, with the way out; an empty plan leaves a fat object alone.
// REQUIRES: gcc
// RUN: gcc -O2 -flto -fno-fat-lto-objects -c %s -o %t.slim.o && gcc -O2 -flto -ffat-lto-objects -c %s -o %t.fat.o
// RUN: gcc -O2 -flto -fno-lto -c %s -o %t.plain.o
// RUN: cp %t.slim.o %t.slim.orig && cp %t.fat.o %t.fat.orig
// RUN: %exits 1 %tool rewrite %t.slim.o --rename foo=bar 2>&1 | FileCheck %s --check-prefix=SLIM
// SLIM: error: {{.*}}.slim.o: holds nothing but code for link-time optimisation, whose symbols linkname cannot edit; compile it with -fno-lto
// RUN: %exits 1 %tool rewrite %t.fat.o --rename foo=bar 2>&1 | FileCheck %s --check-prefix=FAT
// RUN: %exits 1 %tool rewrite %t.fat.o --export own 2>&1 | FileCheck %s --check-prefix=FAT
// FAT: error: {{.*}}.fat.o: holds code for link-time optimisation beside its native code, and editing one half of it would go wrong; compile it with -fno-lto
// RUN: cmp %t.slim.o %t.slim.orig && cmp %t.fat.o %t.fat.orig
// RUN: %tool rewrite %t.fat.o && cmp %t.fat.o %t.fat.orig
// RUN: %tool rewrite %t.fat.o -o %t.copy && cmp %t.fat.o %t.copy
// RUN: %rewritten %t.plain.o %t.new --rename foo=bar
static int state;
__attribute__((noinline)) static int own(int by) { return state += by; }
int foo(int by) { return own(by) + own(3); }
