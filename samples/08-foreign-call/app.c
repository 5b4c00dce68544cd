// A program under the runtime. The C library's qsort and a foreign thread both call back into it.
#include "ffi.h"
#include "runtime.h"

#include <pthread.h>
#include <stddef.h>

static int comparisons;

static uintptr_t ascending(uintptr_t first, uintptr_t second) {
  int a = *(const int *)first, b = *(const int *)second;
  if (comparisons++ == 0)
    runtime_print("called back by qsort\n");
  return (uintptr_t)((a > b) - (a < b));
}

static uintptr_t greet(uintptr_t first, uintptr_t second) {
  runtime_print("called back by a foreign thread: %d and %d\n", (int)first, (int)second);
  return first + second;
}

// Stands for foreign code that starts threads of its own.
static void *foreign_thread(void *word) {
  uintptr_t (*callback)(uintptr_t, uintptr_t) = (uintptr_t (*)(uintptr_t, uintptr_t)) * (uintptr_t *)word;
  *(uintptr_t *)word = callback(40, 2);
  return NULL;
}

void app_main(void) {
  ffi_enable();

  int numbers[] = {31, 4, 15, 92, 6};
  ffi_call(ffi_symbol("qsort"), &(const uintptr_t[4]){(uintptr_t)numbers, 5, sizeof *numbers, ffi_callback(ascending)});
  runtime_print("sorted: %d %d %d %d %d\n", numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);

  pthread_t thread;
  uintptr_t word = ffi_callback(greet);
  pthread_create(&thread, NULL, foreign_thread, &word);
  pthread_join(thread, NULL);
  runtime_print("it returned %d\n", (int)word);
}
