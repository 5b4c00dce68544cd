// A vendor's: it has no word of linkname in it. The table keeps the optimiser from changing the static function.
#include "vault.h"

#include <math.h>

#define CODE 1234

static int combination(int salt) { return (int)sqrt((double)CODE * CODE) + salt; }

int (*const vault_codes[])(int) = {combination};

int vault_verify(int code) { return vault_codes[0](0) == code; }
