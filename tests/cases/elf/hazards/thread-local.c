// Clang never lists thread-local variables in .llvm_addrsig, so that says nothing about them: a warning, with what to do.
// REQUIRES: gcc, clang-14, clang-19
// RUN: %hazard warned clang-14 -O2 && %hazard warned clang-19 -O0 && %hazard warned gcc -O2
// RUN: clang-19 -O2 -DPROVIDER -c %s -o %t.o
// RUN: %tool rewrite %t.o --export bound --dry-run 2>&1 | FileCheck %s
// CHECK: warning: {{.*}}'bound': its ABI cannot be verified: nothing in this file shows whether the compiler kept its ABI; take `static` from its definition: no record can hold a thread-local address
#ifdef PROVIDER
static __thread int bound = 3;
int next(void) { return ++bound; }
#else
extern __thread int bound;
int next(void);
int main(void) { return next() + bound != 8; }
#endif
