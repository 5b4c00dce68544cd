#pragma once
#include <stdint.h>

typedef uintptr_t ffi_closure(uintptr_t first, uintptr_t second);

void ffi_enable(void);
uintptr_t ffi_symbol(const char *name);                              // a foreign function, by name
uintptr_t ffi_call(uintptr_t function, const uintptr_t (*words)[4]); // calls it from the runtime
uintptr_t ffi_callback(ffi_closure *closure);                        // makes one that calls into the runtime
