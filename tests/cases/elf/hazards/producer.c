// GCC writes its options into the debug information: without optimisation a function is as it is written. When it was told
// not to write them, nothing follows; the last -O counts.
// REQUIRES: gcc
// RUN: %hazard right gcc -O0 -g
// RUN: %hazard right gcc -g
// RUN: %hazard right gcc -O2 -O0 -g
// RUN: %hazard warned gcc -O0
// RUN: %hazard warned gcc -O2 -g
// RUN: %hazard warned gcc -O0 -O2 -g
// RUN: %hazard warned gcc -O1 -g
// RUN: %hazard warned gcc -Og -g
// RUN: %hazard warned gcc -O2 -g -gno-record-gcc-switches
// RUN: %hazard warned gcc -O0 -g -gno-record-gcc-switches
// RUN: gcc -g -DPROVIDER -c %s -o %t.o && %tool inspect %t.o | FileCheck %s
// CHECK: static {{.*}} bound {{.*}}safe: its debug information says that GCC compiled it without optimisation
#ifdef PROVIDER
static const signed char table[8] = {1, 2, 3, 4, 5, 6, 7, 8};
__attribute__((noinline)) static int bound(unsigned index) {
  if (index > 7)
    return -1;
  return table[index];
}
int api(unsigned x) { return bound(x & 7) + bound((x >> 3) & 7); }
#else
int bound(unsigned index);
int main(void) { return bound(99999) != -1; }
#endif
