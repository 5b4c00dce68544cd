#include <stdio.h>

int balance(int start);
int ledger_total(void), ledger_sum(void);

int main(void) {
  printf("audit: %d %d\n", balance(1), ledger_sum());
  return !(balance(1) == ledger_total() + 1 && ledger_sum() == ledger_total());
}
