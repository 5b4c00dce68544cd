// The callback core: calls foreign functions from the runtime, and lets them call back.
#define _GNU_SOURCE // RTLD_DEFAULT
#include "ffi.h"

#include "bindings.h"

#include <dlfcn.h>
#include <stdlib.h>

void ffi_enable(void) { runtime_iscgo = true; }

uintptr_t ffi_symbol(const char *name) {
  uintptr_t symbol = (uintptr_t)dlsym(RTLD_DEFAULT, name);
  if (symbol == 0)
    abort();
  return symbol;
}

// Out: the registers are loaded while the thread counts as foreign.

struct departure {
  uintptr_t function;
  const uintptr_t *words;
  uintptr_t result;
};

static void depart(void *argument) {
  struct departure *call = argument;
  uintptr_t (*function)(uintptr_t, uintptr_t, uintptr_t, uintptr_t) =
      (uintptr_t (*)(uintptr_t, uintptr_t, uintptr_t, uintptr_t))call->function;
  call->result = function(call->words[0], call->words[1], call->words[2], call->words[3]);
}

uintptr_t ffi_call(uintptr_t function, const uintptr_t (*words)[4]) {
  struct departure call = {function, *words, 0};
  runtime_cgocall(depart, &call);
  return call.result;
}

// In: one entry point per slot tells the closures apart.

struct arrival {
  ffi_closure *closure;
  uintptr_t first, second, result;
};

static void deliver(void *argument) {
  struct arrival *call = argument;
  call->result = call->closure(call->first, call->second);
}

static ffi_closure *closures[2];

static uintptr_t arrive(int slot, uintptr_t first, uintptr_t second) {
  struct arrival call = {closures[slot], first, second, 0};
  bool stranger = runtime_needm();
  runtime_cgocallback(deliver, &call);
  if (stranger)
    runtime_dropm();
  return call.result;
}

static uintptr_t entry0(uintptr_t first, uintptr_t second) { return arrive(0, first, second); }
static uintptr_t entry1(uintptr_t first, uintptr_t second) { return arrive(1, first, second); }

uintptr_t ffi_callback(ffi_closure *closure) {
  static ffi_closure *const entries[] = {entry0, entry1};
  for (int slot = 0; slot < 2; slot++)
    if (closures[slot] == NULL) {
      closures[slot] = closure;
      return (uintptr_t)entries[slot];
    }
  abort();
}
