// Calls what the vendor's shared library exports since it was linked.
#include <stdio.h>

int combination(int salt);

int main(void) {
  printf("opened: %d\n", combination(1));
  return combination(1) != combination(0) + 1;
}
