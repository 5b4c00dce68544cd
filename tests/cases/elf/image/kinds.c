// What is exported may be a function that is chosen at load time, a variable of each thread, a plain variable, or a table;
// hidden in the source or static.
// REQUIRES: gcc, bfd, x86_64-host
// RUN: rm -rf %t && mkdir %t && cd %t && gcc -O0 -g -fPIC -shared -fuse-ld=bfd %s -o a.so
// RUN: %tool rewrite a.so -o out.so --export chosen --export hidden_choice --export per_thread --export hidden_per_thread --export counter --export table > log
// RUN: readelf -W --dyn-syms out.so | FileCheck %s --check-prefix=TYPES
// TYPES-DAG: {{IFUNC +GLOBAL +DEFAULT +[0-9]+ chosen$}}
// TYPES-DAG: {{IFUNC +GLOBAL +DEFAULT +[0-9]+ hidden_choice$}}
// TYPES-DAG: {{TLS +GLOBAL +DEFAULT +[0-9]+ per_thread$}}
// TYPES-DAG: {{TLS +GLOBAL +DEFAULT +[0-9]+ hidden_per_thread$}}
// TYPES-DAG: {{OBJECT +GLOBAL +DEFAULT +[0-9]+ counter$}}
// TYPES-DAG: {{ 12 OBJECT +GLOBAL +DEFAULT +[0-9]+ table$}}
// RUN: gcc -DPROGRAM %s ./out.so -o program && ./program | FileCheck %s
// CHECK: 11 12 31 32 4 3; now 5 33
// RUN: %tool check out.so program
#ifdef PROGRAM
#include <stdio.h>
extern int chosen(int), hidden_choice(int), counter, table[3], read_counter(void), read_per_thread(void);
extern __thread int per_thread, hidden_per_thread;
int main(void) {
  printf("%d %d %d %d %d %d", chosen(1), hidden_choice(2), per_thread, hidden_per_thread, read_counter(), table[2]);
  per_thread = 33;
  printf("; now %d %d\n", read_counter() + 1, read_per_thread());
}
#else
static int ten(int x) { return x + 10; }
static void *choose(void) { return (void *)ten; }
static int chosen(int) __attribute__((ifunc("choose"), used));
__attribute__((visibility("hidden"))) int hidden_choice(int) __attribute__((ifunc("choose")));
static __thread int per_thread = 31;
__attribute__((visibility("hidden"))) __thread int hidden_per_thread = 32;
static int counter = 4;
static const int table[3] = {1, 2, 3};
const int *const where = table;
int *const counted = &counter;
int read_counter(void) { return counter; }
int read_per_thread(void) { return per_thread; }
int call(int x) { return chosen(x) + hidden_choice(x) + hidden_per_thread + table[x & 1]; }
#endif
