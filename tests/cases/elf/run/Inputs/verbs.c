/* Every verb, seen at run time: built twice, with and without -DPROVIDER, and linked. */
#ifdef PROVIDER
int counter = 5;
static int table[2] = {20, 30};
int *const pointer = table;
int next(int by) { return counter += by; }
const char *chosen(void) { return "provider"; }
int own_value(void) { return 7; }
int provider_value(void) { return own_value() + counter * 0; }
__attribute__((visibility("hidden"))) int hidden_sum(int a, int b) { return a + b + *pointer; }
#else
#include <stdio.h>
extern int wanted_counter, table[2];
int wanted_next(int by), next_too(int by), provider_value(void), hidden_sum(int a, int b);
int own_value(void) { return 70; }
const char *chosen(void) { return "main"; }
int main(void) {
  int a = wanted_next(1), b = next_too(2), c, d;
  int (*volatile call)(int) = wanted_next;
  c = call(4);
  d = wanted_counter;
  printf("%d %d %d %d %s %d %d %d %d\n", a, b, c, d, chosen(), own_value(), provider_value(), hidden_sum(1, 2), table[1]);
  return 0;
}
#endif
