// A pull of a name that this same object defines: an undefined and a defined entry of one name. Every linker accepts it,
// and the program runs.
// REQUIRES: gcc, clang-19, bfd, gold, lld, mold
// RUN: gcc -O2 -c %s -o %t.o
// RUN: %rewritten %t.o %t.new --rename placeholder=definition
// RUN: llvm-readelf --symbols %t.new | FileCheck %s --check-prefix=SYMBOLS
// SYMBOLS-DAG: FUNC GLOBAL DEFAULT {{[0-9]+}} definition{{$}}
// SYMBOLS-DAG: NOTYPE GLOBAL DEFAULT UND definition{{$}}
// RUN: %link-and-run %t.exe gcc %t.new | FileCheck %s
// RUN: %link-and-run %t.exe gcc -static %t.new | FileCheck %s
// RUN: clang-19 -O2 -fPIE -c %s -o %t.o
// RUN: %rewritten %t.o %t.new --rename placeholder=definition
// RUN: %link-and-run %t.exe gcc %t.new | FileCheck %s
// The same in a shared library.
// RUN: clang-19 -O2 -fPIC -c %s -o %t.o
// RUN: %rewritten %t.o %t.new --rename placeholder=definition
// RUN: gcc -shared -fuse-ld=bfd %t.new -o %t.bfd.so && gcc -shared -fuse-ld=gold %t.new -o %t.gold.so
// RUN: gcc -shared -fuse-ld=lld %t.new -o %t.lld.so && gcc -shared -fuse-ld=mold %t.new -o %t.mold.so
// RUN: python3 -c 'import ctypes; print([ctypes.CDLL("%t." + l + ".so").through(4) for l in ("bfd", "gold", "lld", "mold")])' | FileCheck %s --check-prefix=SHARED
// SHARED: [9, 9, 9, 9]
// The static of the name is not what a reference from a pull finds: the message says what is missing.
// RUN: gcc -O2 -c -DSTATIC %s -o %t.o
// RUN: %tool rewrite %t.o -o %t.new --rename placeholder=definition 2>&1 | FileCheck %s --check-prefix=STATIC
// STATIC: warning: {{.*}}'placeholder': is bound to 'definition', which is static in this same file: the linker does not see it; add --export definition
// RUN: %rewritten %t.o %t.new --rename placeholder=definition --export definition 2>/dev/null
// RUN: %link-and-run %t.exe gcc %t.new | FileCheck %s
// CHECK: 9 1
#include <stdio.h>
#ifdef STATIC
#define SCOPE static __attribute__((used))
#else
#define SCOPE
#endif
int placeholder(int);
SCOPE __attribute__((noinline)) int definition(int x) { return x + 5; }
int through(int x) { return placeholder(x); }
int main(void) {
  int (*volatile a)(int) = placeholder, (*volatile b)(int) = definition;
  printf("%d %d\n", through(4), a == b);
  return 0;
}
