#include "vault.h"

#include <linkname/linkname.h>

#include <stdio.h>

int combination_of_vault(int salt);
LINKNAME(combination_of_vault, "combination", "linkname.rules allows it");

int main(void) {
  printf("bound: %d\n", combination_of_vault(0));
  return !vault_verify(combination_of_vault(0));
}
