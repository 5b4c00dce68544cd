/* Linked with an edited library, to whose linker the new names are like any others. `wanted` is stub.c's until the
   program is edited as well; `own` is a function of the program that nobody else knows before that. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>

int secret(int), kept(int), new_name(int), second(int), report(int), wanted(int);
extern int counter;
extern __thread int per_thread;

static int own(int x) { return x + 2000; }
int (*const table[])(int) = {own};

int main(void) {
  counter = 50;
  int counted = report(10);
  void *found = dlsym(RTLD_DEFAULT, "own");
  printf("%d %d %d %d %d %d %d %d %d\n", secret(1), kept(1), new_name(1), second(1), wanted(1), counted, counter,
         ++per_thread, found ? ((int (*)(int))found)(1) : table[0](0));
  return 0;
}
