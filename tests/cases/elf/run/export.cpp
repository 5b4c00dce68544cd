// Statics, hidden functions and what stands in an unnamed namespace, called from another object after --export.
// REQUIRES: gcc, bfd, gold, lld, mold
// RUN: g++ -O0 -c -DPROVIDER %s -o %t.provider.o && g++ -O2 -c %s -o %t.o
// RUN: not g++ %t.o %t.provider.o -o %t.exe 2>/dev/null
// RUN: %rewritten %t.provider.o %t.new --export count --export 'lib::(anonymous namespace)::scale' --export lib::hidden --export _ZL5total 2>/dev/null
// RUN: %link-and-run %t.exe g++ %t.o %t.new | FileCheck %s
// CHECK: 1 2 30 4 2
// The exported ones are seen from outside of a shared library too. (Position-independent: a program must not copy a
// variable that its library goes on using directly; docs/hazards.md.)
// RUN: g++ -O0 -fPIC -c -DPROVIDER %s -o %t.provider.o && g++ -O2 -fPIC -c %s -o %t.o
// RUN: %rewritten %t.provider.o %t.new --export count --export 'lib::(anonymous namespace)::scale' --export lib::hidden --export _ZL5total 2>/dev/null
// RUN: g++ -shared -Wl,-z,defs %t.new -o %t.so && g++ %t.o %t.so -o %t.exe
// RUN: %t.exe | FileCheck %s
#ifdef PROVIDER
static int total;
extern "C" {
__attribute__((used)) static int count() { return ++total; }
}
namespace lib {
namespace {
__attribute__((used)) int scale(int x) { return x * 10; }
}
__attribute__((visibility("hidden"))) int hidden() { return 4; }
} // namespace lib
#else
#include <cstdio>
extern "C" int count();
int scale(int) __asm__("_ZN3lib12_GLOBAL__N_15scaleEi");
extern int total __asm__("_ZL5total");
namespace lib {
int hidden();
}
int main() {
  int a = count(), b = count();
  std::printf("%d %d %d %d %d\n", a, b, scale(3), lib::hidden(), total);
}
#endif
