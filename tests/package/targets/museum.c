/* The old vault and the new one in one program; neither can be told from the other by the names of the vendor. */
#include <vault.h>

#include <stdio.h>

extern int (*const vault_codes[])(int);
extern int (*const old_vault_codes[])(int);

int main(void) {
  printf("museum: %d %d\n", vault_codes[0](0), old_vault_codes[0](0));
  return !(vault_codes[0] != old_vault_codes[0] && vault_codes[0](0) == old_vault_codes[0](0));
}
