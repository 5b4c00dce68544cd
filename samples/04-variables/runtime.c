// Stands for a runtime that is not ours. Two of its variables are meant to be read from outside. The other two are zero
// here and give way (weak) to a definition that comes with a value, as Go's linker has it for variables.
#include "runtime.h"

#include "../symbol.h"

#include <stdio.h>

const struct error *overflowError __asm__(SYMBOL("runtime.overflowError")) = &(const struct error){"integer overflow"};
unsigned char zeroVal[zero_size] __asm__(SYMBOL("runtime.zeroVal"));

typedef int setenv_function(const char *name, const char *value);
__attribute__((weak)) bool iscgo __asm__(SYMBOL("runtime.iscgo")) = false;
__attribute__((weak)) setenv_function **cgo_setenv __asm__(SYMBOL("runtime._cgo_setenv")) = NULL;

void runtime_report(void) {
  printf("runtime: cgo is %s\n", iscgo ? "there" : "absent");
  if (cgo_setenv != NULL)
    (*cgo_setenv)("LANG", "C");
}

const void *runtime_zero(void) { return zeroVal; }
