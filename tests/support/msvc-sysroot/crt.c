// What stands between a program and ucrtbase.dll: its start, its thread-local storage, and a few functions that POSIX
// has and Windows calls otherwise. See README.md.
#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define WINAPI __attribute__((stdcall))

__declspec(dllimport) void *WINAPI GetModuleHandleA(const char *name);
__declspec(dllimport) void *WINAPI GetProcAddress(void *module, const char *name);
__declspec(dllimport) void *WINAPI CreateThread(void *attributes, size_t stack, uint32_t(WINAPI *body)(void *),
                                                void *argument, uint32_t flags, uint32_t *id);
__declspec(dllimport) uint32_t WINAPI WaitForSingleObject(void *object, uint32_t milliseconds);
__declspec(dllimport) int WINAPI CloseHandle(void *object);
__declspec(dllimport) int WINAPI QueryPerformanceCounter(int64_t *count);
__declspec(dllimport) int WINAPI QueryPerformanceFrequency(int64_t *frequency);
int __stdio_common_vfprintf(uint64_t options, FILE *stream, const char *format, void *locale, va_list arguments);

int main(void);

void mainCRTStartup(void) {
  const int status = main();
  fflush(NULL);
  exit(status);
}

// The compiler refers to it wherever a floating-point number is passed.
int _fltused = 0x9875;

// The loader copies what lies between the two ends for each thread, and writes the number of the slot into _tls_index
// (PE format specification, "The .tls Section").
#pragma section(".tls", read, write)
#pragma section(".tls$ZZZ", read, write)
#pragma section(".rdata$T", read)
uint32_t _tls_index = 0;
__declspec(allocate(".tls")) char _tls_start = 0;
__declspec(allocate(".tls$ZZZ")) char _tls_end = 0;
__declspec(allocate(".rdata$T")) const struct {
  void *begin, *end, *index, *callbacks;
  uint32_t zeros, characteristics;
} _tls_used = {&_tls_start, &_tls_end, &_tls_index, NULL, 0, 0};

#ifdef __i386__
// Where the thread's block holds the table of such copies: code adds this number to fs.
__asm__(".globl __tls_array\n.set __tls_array, 0x2c");
#endif

int vprintf(const char *format, va_list arguments) {
  return __stdio_common_vfprintf(0, stdout, format, NULL, arguments);
}

int printf(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int result = vprintf(format, arguments);
  va_end(arguments);
  return result;
}

int clock_gettime(int clock, struct timespec *now) {
  int64_t count, frequency;
  (void)clock;
  QueryPerformanceCounter(&count);
  QueryPerformanceFrequency(&frequency);
  now->tv_sec = count / frequency;
  now->tv_nsec = (long)(count % frequency * 1000000000 / frequency);
  return 0;
}

struct start {
  void *(*body)(void *);
  void *argument;
};

static uint32_t WINAPI begin(void *argument) {
  const struct start start = *(struct start *)argument;
  free(argument);
  start.body(start.argument);
  return 0;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *argument) {
  (void)attributes;
  struct start *const start = malloc(sizeof *start);
  if (start == NULL)
    return 1;
  *start = (struct start){body, argument};
  *thread = CreateThread(NULL, 0, begin, start, 0, NULL);
  return *thread == NULL;
}

int pthread_join(pthread_t thread, void **result) {
  if (result != NULL)
    abort(); // no program asks for it, and nothing here keeps it
  WaitForSingleObject(thread, UINT32_MAX);
  return !CloseHandle(thread);
}

void *dlsym(void *library, const char *name) {
  return GetProcAddress(library == RTLD_DEFAULT ? GetModuleHandleA("ucrtbase.dll") : library, name);
}
