#include "vault.h"

#include <linkname/linkname.h>

#include <dlfcn.h>
#include <stdio.h>

int combination_of_vault(int salt);
LINKNAME(combination_of_vault, "combination", "app.rules says who may");

int turn(int times);
LINKNAME(turn, "cell.turn");

int keys(void); /* offered by keyring.c, so an ordinary name */
int keyring_label(void);
int gate_bolts(void);

int main(int argc, char **argv) {
  int (*plugin_turn)(void) = NULL;
  void *plugin = argc == 2 ? dlopen(argv[1], RTLD_NOW) : NULL;
  if (plugin != NULL)
    *(void **)&plugin_turn = dlsym(plugin, "plugin_turn");
  if (plugin_turn == NULL) {
    fprintf(stderr, "no plugin: %s\n", dlerror());
    return 1;
  }
  const int code = combination_of_vault(0);
  printf("app: %d %d %d %d %d %d\n", code, turn(1), keys(), keyring_label(), gate_bolts(), plugin_turn());
  return !(vault_verify(code) && turn(1) == 2 && keys() == 3 && keyring_label() == code + 1 && gate_bolts() == 4 &&
           plugin_turn() == 42);
}
