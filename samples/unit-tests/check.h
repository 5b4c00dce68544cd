#pragma once
#include <stdio.h>

extern int checks, failures;

#define CHECK(condition)                                                                                               \
  do {                                                                                                                 \
    checks++;                                                                                                          \
    if (!(condition)) {                                                                                                \
      failures++;                                                                                                      \
      printf("%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                                                   \
    }                                                                                                                  \
  } while (0)
