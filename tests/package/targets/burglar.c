#include <vault.h>

#include <stdio.h>

int combination(int salt), vault_code(int salt), vault_check(int code);

int main(void) {
  const int code = combination(0);
  printf("burglar: %d\n", code);
  return !(vault_check(code) && !vault_check(code + 1) && vault_code(1) == code + 1);
}
