#pragma once
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

int memcmp(const void *first, const void *second, size_t size);
void *memcpy(void *to, const void *from, size_t size);
void *memset(void *memory, int value, size_t size);
int strcmp(const char *first, const char *second);
size_t strlen(const char *text);

#ifdef __cplusplus
}
#endif
