// Clang told to leave out .llvm_addrsig: with debug information the newer one says by itself what it has changed, and the
// size of a variable says that it has shrunk; otherwise there is a warning.
// REQUIRES: clang-14, clang-19
// RUN: %hazard warned clang-19 -O2 -fno-addrsig
// RUN: %hazard warned clang-14 -O2 -fno-addrsig
// RUN: %hazard refused clang-19 -O2 -fno-addrsig -g
// RUN: clang-19 -O2 -fno-addrsig -g -DPROVIDER -c %s -o %t.o
// RUN: %exits 1 %tool rewrite %t.o --export bound 2>&1 | FileCheck %s --check-prefix=NOCALL
// NOCALL: error: {{.*}}'bound': calling or using it from outside is not safe: its debug information says DW_CC_nocall: the compiler changed how it is called; put LINKNAME(bound) into its source, which makes the compiler keep it as it is written, or say --unsafe bound if you know better
// RUN: %exits 1 %tool rewrite %t.o --export flag 2>&1 | FileCheck %s --check-prefix=SIZE
// SIZE: error: {{.*}}'flag': calling or using it from outside is not safe: it has 1 bytes, and its type has 4
// RUN: clang-14 -O2 -fno-addrsig -g -DPROVIDER -c %s -o %t.o
// RUN: %exits 1 %tool rewrite %t.o --export flag 2>&1 | FileCheck %s --check-prefix=SIZE
// RUN: clang-19 -O2 -fno-addrsig -g -fdebug-types-section -DPROVIDER -c %s -o %t.o
// RUN: %exits 1 %tool rewrite %t.o --export bound
#ifdef PROVIDER
typedef int number;
static volatile const number unrelated = 3;
static number flag;
void set(int x) {
  if (x > 3)
    flag = 77;
}
int get(void) { return flag + unrelated; }
__attribute__((noinline)) static int bound(int unused, int x, int factor) { return x * factor + x / 3; }
int api(int x) { return bound(x, x, 3) + bound(x, x + 1, 3); }
#else
int bound(int unused, int x, int factor);
int main(void) { return bound(1, 6, 100) != 602; }
#endif
