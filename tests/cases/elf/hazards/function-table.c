// A table of functions and a pointer to a variable are sure signs that their addresses are taken: no warning, and the
// program is right, with compilers that leave no .llvm_addrsig too.
// REQUIRES: gcc, clang-14, clang-19
// RUN: %hazard right gcc -O2
// RUN: %hazard right gcc -O2 -fno-pic -no-pie -fdata-sections
// RUN: %hazard right gcc -O3 -fPIC -g
// RUN: %hazard right clang-14 -O2 -fno-addrsig
// RUN: %hazard right clang-19 -O2
// RUN: %hazard right clang-19 -O2 -fno-addrsig -fno-pic -no-pie
// RUN: gcc -O2 -DPROVIDER -c %s -o %t.o
// RUN: %tool inspect %t.o | FileCheck %s
// CHECK-DAG: static {{.*}} bound {{.*}}safe: data of this file holds its address, so the compiler kept its ABI
// CHECK-DAG: static {{.*}} other {{.*}}safe: data of this file holds its address, so the compiler kept its ABI
// CHECK-DAG: static {{.*}} value {{.*}}safe: data of this file holds its address, so the compiler kept its ABI
#ifdef PROVIDER
__attribute__((noinline)) static int bound(unsigned index, int unused) { return index > 7 ? -1 : (int)index * 3; }
__attribute__((noinline)) static int other(unsigned index, int unused) { return index > 3 ? -2 : (int)index * 5; }
int (*table[])(unsigned, int) = {other, bound};
static int value = 3;
int *const pointer = &value;
int api(unsigned x) { return bound(x & 7, 3) + other(x & 3, 3) + value; }
#else
int bound(unsigned index, int unused);
int main(void) { return bound(100, 0) != -1 || bound(2, 1) != 6; }
#endif
