/* Standard streams, as ucrtbase.dll has them. */
#pragma once
#include <stdarg.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct _iobuf FILE;
FILE *__acrt_iob_func(unsigned number);
#define stdin __acrt_iob_func(0)
#define stdout __acrt_iob_func(1)
#define stderr __acrt_iob_func(2)

int printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
int vprintf(const char *format, va_list arguments) __attribute__((format(printf, 1, 0)));
int puts(const char *text);
int fputs(const char *text, FILE *stream);
int fflush(FILE *stream);

#ifdef __cplusplus
}
#endif
