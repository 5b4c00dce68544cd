/* A static library that offers a static function, and pulls one that only the program's link can find. */
#include <linkname/linkname.h>

static int keys(void) { return 3; }
LINKNAME(keys);

int vault_combination(int salt);
LINKNAME(vault_combination, "combination", "the ring is labelled with the code");
int keyring_label(void) { return vault_combination(1); }
