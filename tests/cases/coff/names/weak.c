// Weak definitions and references for mingw: the stand-in of a weak name is a name of the set, what nobody here defines
// is not.
// REQUIRES: clang-19, mingw, wine
// RUN: rm -rf %t && mkdir %t && cd %t && x86_64-w64-mingw32-gcc -c %s -o main.o
// RUN: x86_64-w64-mingw32-gcc -DLIBRARY -O1 -c %s -o gcc.o && %tool rewrite gcc.o --prefix z_ | FileCheck %s --check-prefix=EDITS
// RUN: x86_64-w64-mingw32-gcc main.o gcc.o -o %t/gcc.exe && %wine %t/gcc.exe | FileCheck %s
// RUN: clang-19 --target=x86_64-w64-mingw32 -DLIBRARY -O1 -c %s -o clang.o && %tool rewrite clang.o --prefix z_ | FileCheck %s --check-prefix=EDITS
// RUN: x86_64-w64-mingw32-gcc main.o clang.o -o %t/clang.exe && %wine %t/clang.exe | FileCheck %s
// EDITS-DAG: rename 'chosen' -> 'z_chosen'
// EDITS-DAG: rename '.weak.chosen.{{.*}}' -> 'z_.weak.chosen.{{.*}}'
// EDITS-NOT: 'z_maybe'
// CHECK: 5
#ifdef LIBRARY
__attribute__((weak)) int chosen(void) { return 5; }
extern __attribute__((weak)) int maybe(void);
int run(void) { return chosen() + (maybe ? maybe() : 0); }
#else
int printf(const char *, ...);
int z_run(void);
int main(void) { printf("%d\n", z_run()); }
#endif
