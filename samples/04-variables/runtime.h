#pragma once
#include <stdbool.h>

struct error {
  const char *text;
};

enum { zero_size = 1024 };

// What the runtime shows to everybody.
void runtime_report(void);
const void *runtime_zero(void);
