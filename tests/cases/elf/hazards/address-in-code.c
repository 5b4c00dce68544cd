// An address that is taken in code leaves no relocation in data. Clang's .llvm_addrsig tells; of GCC's objects nothing is
// known, and that is said.
// REQUIRES: gcc, clang-14, clang-19
// RUN: %hazard right clang-14 -O2
// RUN: %hazard right clang-19 -O2
// RUN: %hazard warned gcc -O2
// RUN: clang-19 -O2 -DPROVIDER -c %s -o %t.o
// RUN: %tool inspect %t.o | FileCheck %s
// CHECK: static {{.*}} bound {{.*}}safe: .llvm_addrsig lists it: its address is taken, so the compiler kept its ABI
#ifdef PROVIDER
__attribute__((noinline)) static int bound(unsigned index) { return index > 7 ? -1 : (int)index * 3; }
int (*volatile pointer)(unsigned);
int api(unsigned x) {
  pointer = bound;
  return bound(x & 7) + bound((x >> 3) & 7);
}
#else
int bound(unsigned index);
int main(void) { return bound(100) != -1; }
#endif
