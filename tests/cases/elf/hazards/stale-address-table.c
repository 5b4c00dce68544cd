// Tools that renumber symbols leave .llvm_addrsig stale, and mark it so by taking its link away: it is no evidence any more.
// REQUIRES: clang-19, bfd, gold, lld, mold, objcopy
// RUN: clang-19 -O1 -DONE -c %s -o %t.one.o && clang-19 -O1 -c %s -o %t.two.o
// RUN: %tool inspect %t.two.o | FileCheck %s --check-prefix=FRESH
// FRESH-DAG: bound {{.*}}broken: .llvm_addrsig does not list it
// FRESH-DAG: kept {{.*}}safe: .llvm_addrsig lists it
// RUN: ld.bfd -r %t.one.o %t.two.o -o %t.o && %tool inspect %t.o | FileCheck %s
// RUN: ld.gold -r %t.one.o %t.two.o -o %t.o && %tool inspect %t.o | FileCheck %s
// RUN: ld.lld -r %t.one.o %t.two.o -o %t.o && %tool inspect %t.o | FileCheck %s
// RUN: mold -r %t.one.o %t.two.o -o %t.o && %tool inspect %t.o | FileCheck %s
// RUN: strip -g %t.two.o -o %t.o && %tool inspect %t.o | FileCheck %s
// RUN: objcopy --localize-symbol=api %t.two.o %t.o && %tool inspect %t.o | FileCheck %s
// CHECK-DAG: bound {{.*}}unverifiable:
// CHECK-DAG: kept {{.*}}unverifiable:
// Our own edits keep it fresh.
// RUN: %rewritten %t.two.o %t.o --localize api --rename pointer=p && %tool inspect %t.o | FileCheck %s --check-prefix=FRESH
#ifdef ONE
__attribute__((noinline)) static int b1(int x) { return x * 9; }
__attribute__((noinline)) static int b3(int x) { return b1(x) + 3; }
int (*q)(int);
int bpi(int x) {
  q = b1;
  return b3(x) + b3(x + 2);
}
#else
__attribute__((noinline)) static int bound(int x, int factor) { return x * factor + x / 3; }
__attribute__((noinline)) static int kept(int x) { return x * 7; }
int (*pointer)(int);
int api(int x) {
  pointer = kept;
  return bound(x, 3) + bound(x + 1, 3) + kept(x);
}
#endif
