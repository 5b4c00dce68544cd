#pragma once
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

void *malloc(size_t size);
void free(void *memory);
__attribute__((noreturn)) void abort(void);
__attribute__((noreturn)) void exit(int status);
void qsort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *));

#ifdef __cplusplus
}
#endif
