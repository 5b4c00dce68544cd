// Tools that renumber the symbols leave `.llvm_addrsig` as it was, and COFF has no mark for that. Here the list names
// another function then, and a static that is in a table is not on it: such a list is not believed.
// REQUIRES: clang-19, mingw, llvm-objcopy
// RUN: clang-19 --target=x86_64-pc-windows-msvc -O1 -c %s -o %t.o
// RUN: %tool rewrite %t.o -o %t.new --export taken 2>&1 | count 1
// RUN: %exits 1 %tool rewrite %t.o -o %t.new --export changed 2>&1 | FileCheck %s --check-prefix=CHANGED
// CHANGED: 'changed': calling or using it from outside is not safe: .llvm_addrsig does not list it
// RUN: llvm-objcopy --strip-symbol=@feat.00 %t.o %t.stale && llvm-readobj --addrsig %t.stale | FileCheck %s --check-prefix=STALE
// STALE: Sym: table
// RUN: %tool inspect %t.stale | FileCheck %s
// RUN: x86_64-w64-mingw32-ld -r %t.o %t.o -o %t.merged --allow-multiple-definition && %tool inspect %t.merged | FileCheck %s
// CHECK-DAG: changed {{.*}} unverifiable
// CHECK-DAG: taken {{.*}} safe: data of this file holds its address
static int taken(int x) { return x * 3; }
__attribute__((noinline)) static int changed(int x, int y) { return x * y; }
int api(int x) { return changed(x, 3); }
int (*table[])(int) = {taken};
