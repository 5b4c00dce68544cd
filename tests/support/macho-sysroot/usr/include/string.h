/* Bytes and strings. */
#pragma once
#include <stddef.h>
#include <sysroot/linkage.h>

SYSROOT_BEGIN

void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
int memcmp(const void *a, const void *b, size_t size);
void *memchr(const void *from, int byte, size_t size);
size_t strlen(const char *text);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t size);
char *strchr(const char *text, int character);
char *strrchr(const char *text, int character);
char *strstr(const char *text, const char *part);
char *strcpy(char *to, const char *from);
char *strdup(const char *text);

SYSROOT_END
