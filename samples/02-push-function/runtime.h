#pragma once
#include <stddef.h>

struct string {
  const char *bytes;
  size_t length;
};
