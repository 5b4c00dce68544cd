/* Every verb, seen at run time: built with and without -DPROVIDER, and linked. */
#ifdef PROVIDER
int counter = 5;
static int table[2] = {20, 30};
int *const pointer = table;
int next(int by) { return counter += by; }
int own_value(void) { return 7; }
int provider_value(void) { return own_value() + counter * 0; }
static int hidden_sum(int a, int b) { return a + b + *pointer; }
int (*const keep)(int, int) = hidden_sum;
int chosen(void) { return 1; }
int (*chosen_pointer)(void) = chosen;
int chosen_value = 3;
int *chosen_value_pointer = &chosen_value;
int maybe(void);
int (*maybe_pointer)(void) = maybe;
int calls_chosen(void) { return chosen() * 10 + chosen_pointer() + *chosen_value_pointer; }
int calls_maybe(void) { return maybe_pointer != 0 ? maybe_pointer() : 99; }
#else
#include "freestanding.h"
extern int wanted_counter, table[2];
int wanted_next(int by), next_too(int by), provider_value(void), hidden_sum(int a, int b), calls_chosen(void), calls_maybe(void);
int own_value(void) { return 70; }
#ifdef STRONG
int chosen(void) { return 2; }
int chosen_value = 4;
int maybe(void) { return 8; }
#endif
int program(void) {
  print_number(wanted_next(1));
  print_number(next_too(2));
  int (*volatile call)(int) = wanted_next;
  print_number(call(4));
  print_number(wanted_counter);
  print_number(provider_value());
  print_number(own_value());
  print_number(hidden_sum(1, 2));
  print_number(table[1]);
  print_number(calls_chosen());
  print_number(calls_maybe());
  return 0;
}
#endif
