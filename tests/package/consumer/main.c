/* Calls a function that provider.c keeps to itself. */
#include <linkname/linkname.h>

#include <stdio.h>

int borrowed(int x);
LINKNAME(borrowed, "doubled", "the test of the package");

int main(void) {
  printf("bound: %d\n", borrowed(21));
  return borrowed(21) == 42 ? 0 : 1;
}
