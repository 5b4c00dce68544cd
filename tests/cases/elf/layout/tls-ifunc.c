// IFUNC and thread-local definitions under second names, exported and renamed: linked and run with every linker.
// REQUIRES: gcc, bfd, gold, lld, mold
// RUN: gcc -O0 -c %s -o %t.o && gcc -O0 -c -DMAIN %s -o %t.main.o
// RUN: %rewritten %t.o %t.new --alias fast=resolved --rename per_thread=my_thread --export own_thread --hide hidden_thread 2>/dev/null
// RUN: llvm-readelf --symbols %t.new | FileCheck %s --check-prefix=SYMBOLS
// SYMBOLS-DAG: IFUNC GLOBAL DEFAULT {{.*}} fast{{$}}
// SYMBOLS-DAG: TLS GLOBAL DEFAULT {{.*}} my_thread{{$}}
// SYMBOLS-DAG: TLS GLOBAL DEFAULT {{.*}} own_thread{{$}}
// SYMBOLS-DAG: TLS GLOBAL HIDDEN {{.*}} hidden_thread{{$}}
// RUN: %link-and-run %t.exe gcc %t.new %t.main.o -pthread | FileCheck %s
// CHECK: 42 42 11 22 33
#include <stdio.h>
#ifdef MAIN
extern __thread int my_thread, own_thread;
int fast(void), resolved(void), hidden_value(void);
int main(void) {
  printf("%d %d %d %d %d\n", fast(), resolved(), my_thread, own_thread, hidden_value());
  return 0;
}
#else
__thread int per_thread = 11;
static __thread int own_thread = 22;
__thread int hidden_thread = 33;
int hidden_value(void) { return hidden_thread + own_thread - 22; }
static int answer(void) { return 42; }
static int (*choose(void))(void) { return answer; }
int resolved(void) __attribute__((ifunc("choose")));
#endif
