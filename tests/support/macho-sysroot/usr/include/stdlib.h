/* Memory, the end of the program, sorting, numbers. */
#pragma once
#include <stddef.h>
#include <sysroot/linkage.h>

SYSROOT_BEGIN

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1

void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *memory, size_t size);
void free(void *memory);
void abort(void) __attribute__((noreturn));
void exit(int status) __attribute__((noreturn));
int atexit(void (*function)(void));
void qsort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *));
int abs(int number);
int atoi(const char *text);
long strtol(const char *text, char **end, int base);
char *getenv(const char *name);

SYSROOT_END
