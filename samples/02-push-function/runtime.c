// Only declares the comparison that it needs. Nothing in this object says who implements it.
#include "runtime.h"

#include "../symbol.h"

#include <stdio.h>

int cmpstring(struct string a, struct string b) __asm__(SYMBOL("runtime.cmpstring"));

static void compare(struct string a, struct string b) {
  static const char *const sign[] = {"<", "=", ">"};
  printf("\"%s\" %s \"%s\"\n", a.bytes, sign[cmpstring(a, b) + 1], b.bytes);
}

int main(void) {
  struct string go = {"go", 2}, gopher = {"gopher", 6}, linker = {"linker", 6};
  compare(go, gopher);
  compare(gopher, gopher);
  compare(linker, gopher);
}
