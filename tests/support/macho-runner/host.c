/* The C library that images see. Where macOS and Linux agree it is this machine's own; below is what bridges the rest:
 * clock numbers, the handle of dlsym, functions that only Apple has, and on arm64 the way in which variable arguments
 * are passed (all on the stack, so that a va_list is a mere pointer to 8-byte slots). A `long double` is not bridged.
 */
#define _GNU_SOURCE
#include "host.h"

#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- Variable arguments: thunks.S has the entries ---------------------------------------------------------------- */

extern const char thread_variable[];

#ifdef __aarch64__
extern const char apple_printf[], apple_fprintf[], apple_snprintf[];
int apple_vprintf(const char *format, const uint64_t *slots);
int apple_vfprintf(FILE *stream, const char *format, const uint64_t *slots);
int apple_vsnprintf(char *text, size_t size, const char *format, const uint64_t *slots);

/* Linux's va_list with no register left to take from, as its procedure call standard lays it out. */
static void take_slots(va_list *list, const uint64_t *slots) {
  const struct {
    const void *stack, *general_top, *vector_top;
    int general_offset, vector_offset;
  } fields = {slots, NULL, NULL, 0, 0};
  _Static_assert(sizeof fields == sizeof *list, "a va_list of AAPCS64");
  memcpy(list, &fields, sizeof fields);
}

int apple_vprintf(const char *format, const uint64_t *slots) {
  va_list list;
  take_slots(&list, slots);
  return vprintf(format, list);
}

int apple_vfprintf(FILE *stream, const char *format, const uint64_t *slots) {
  va_list list;
  take_slots(&list, slots);
  return vfprintf(stream, format, list);
}

int apple_vsnprintf(char *text, size_t size, const char *format, const uint64_t *slots) {
  va_list list;
  take_slots(&list, slots);
  return vsnprintf(text, size, format, list);
}
#else /* x86_64: the same on both systems */
#define apple_printf printf
#define apple_fprintf fprintf
#define apple_snprintf snprintf
#define apple_vprintf vprintf
#define apple_vfprintf vfprintf
#define apple_vsnprintf vsnprintf
#endif

/* ---- What differs -------------------------------------------------------------------------------------------------
 */

static FILE *apple_stdin, *apple_stdout, *apple_stderr;
static uintptr_t stack_guard = 0x0A0D00FF53474E4B;

void host_start(void) {
  apple_stdin = stdin;
  apple_stdout = stdout;
  apple_stderr = stderr;
}

static _Noreturn void give_up(const char *what) {
  fflush(stdout);
  fprintf(stderr, "macho-runner: the program %s\n", what);
  _exit(125);
}

static int apple_clock_gettime(int clock, struct timespec *now) {
  switch (clock) {
  case 0:
    return clock_gettime(CLOCK_REALTIME, now);
  case 6:
    return clock_gettime(CLOCK_MONOTONIC, now);
  default:
    errno = EINVAL;
    return -1;
  }
}

static void *apple_dlsym(void *handle, const char *name) {
  if (handle != (void *)-2)
    give_up("calls dlsym with a handle other than RTLD_DEFAULT");
  return runner_symbol_by_name(name);
}

static int apple_pthread_create(pthread_t *thread, const void *attributes, void *(*start)(void *), void *argument) {
  if (attributes != NULL)
    give_up("calls pthread_create with attributes");
  return pthread_create(thread, NULL, start, argument);
}

static void pattern(char *to, const void *bytes, size_t period, size_t size) {
  for (size_t i = 0; i < size; i++)
    to[i] = ((const char *)bytes)[i % period];
}
static void memset_pattern4(void *to, const void *bytes, size_t size) { pattern(to, bytes, 4, size); }
static void memset_pattern8(void *to, const void *bytes, size_t size) { pattern(to, bytes, 8, size); }
static void memset_pattern16(void *to, const void *bytes, size_t size) { pattern(to, bytes, 16, size); }
static void zero(void *to, size_t size) { memset(to, 0, size); }

/* ---- C++ without exceptions ----------------------------------------------------------------------------------------
 */

extern int __cxa_atexit(void (*function)(void *), void *argument, void *image);
static int cxa_atexit(void (*function)(void *), void *argument, void *image) {
  (void)image;
  return __cxa_atexit(function, argument, NULL);
}

static void *operator_new(size_t size) {
  void *memory = malloc(size != 0 ? size : 1);
  if (memory == NULL)
    give_up("is out of memory");
  return memory;
}
static void operator_delete_sized(void *memory, size_t size) {
  (void)size;
  free(memory);
}

/* The first byte of a guard tells that its variable is initialised; one lock serves all. */
static pthread_mutex_t guards = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static int guard_acquire(const char *guard) {
  pthread_mutex_lock(&guards);
  if (*guard == 0)
    return 1;
  pthread_mutex_unlock(&guards);
  return 0;
}
static void guard_release(char *guard) {
  *guard = 1;
  pthread_mutex_unlock(&guards);
}
static void guard_abort(char *guard) {
  (void)guard;
  pthread_mutex_unlock(&guards);
}

/* ---- What is there to be linked against, and must not be called -----------------------------------------------------
 */

#define TRAP(function, symbol)                                                                                         \
  static void function(void) { give_up("calls " symbol); }

TRAP(stub_binder, "dyld_stub_binder, but was bound already")
TRAP(stack_check_failed, "___stack_chk_fail: its stack was overrun")
TRAP(unwind_resume, "__Unwind_Resume: there are no exceptions here")
TRAP(begin_catch, "___cxa_begin_catch: there are no exceptions here")
TRAP(personality, "___gxx_personality_v0: there are no exceptions here")
TRAP(terminate, "std::terminate")
TRAP(pure_virtual, "a pure virtual function")

/* ---- The libraries
 * ---------------------------------------------------------------------------------------------------- */

/* clang-format off */
static const struct HostSymbol system_symbols[] = {
    {"_printf", apple_printf}, {"_fprintf", apple_fprintf}, {"_snprintf", apple_snprintf},
    {"_vprintf", apple_vprintf}, {"_vfprintf", apple_vfprintf}, {"_vsnprintf", apple_vsnprintf},
    {"_puts", puts}, {"_putchar", putchar}, {"_fputs", fputs}, {"_fputc", fputc}, {"_fwrite", fwrite}, {"_fflush", fflush},
    {"___stdinp", &apple_stdin}, {"___stdoutp", &apple_stdout}, {"___stderrp", &apple_stderr},

    {"_malloc", malloc}, {"_calloc", calloc}, {"_realloc", realloc}, {"_free", free},
    {"_abort", abort}, {"_exit", exit}, {"__exit", _exit}, {"_atexit", atexit}, {"___cxa_atexit", cxa_atexit},
    {"_qsort", qsort}, {"_abs", abs}, {"_atoi", atoi}, {"_strtol", strtol}, {"_getenv", getenv},

    {"_memcpy", memcpy}, {"_memmove", memmove}, {"_memset", memset}, {"_memcmp", memcmp}, {"_memchr", memchr},
    {"_memset_pattern4", memset_pattern4}, {"_memset_pattern8", memset_pattern8},
    {"_memset_pattern16", memset_pattern16}, {"_bzero", zero}, {"___bzero", zero},
    {"_strlen", strlen}, {"_strcmp", strcmp}, {"_strncmp", strncmp}, {"_strchr", strchr}, {"_strrchr", strrchr},
    {"_strstr", strstr}, {"_strcpy", strcpy}, {"_strdup", strdup},

    {"_clock_gettime", apple_clock_gettime}, {"_write", write}, {"___error", __errno_location},
    {"_pthread_create", apple_pthread_create}, {"_pthread_join", pthread_join}, {"_pthread_self", pthread_self},
    {"_dlsym", apple_dlsym},

    {"__tlv_bootstrap", thread_variable}, {"dyld_stub_binder", stub_binder},
    {"___stack_chk_guard", &stack_guard}, {"___stack_chk_fail", stack_check_failed}, {"__Unwind_Resume", unwind_resume},
};

static const struct HostSymbol cxx_symbols[] = {
    {"__Znwm", operator_new}, {"__Znam", operator_new}, {"__ZdlPv", free}, {"__ZdaPv", free},
    {"__ZdlPvm", operator_delete_sized}, {"__ZdaPvm", operator_delete_sized},
    {"___cxa_guard_acquire", guard_acquire}, {"___cxa_guard_release", guard_release},
    {"___cxa_guard_abort", guard_abort}, {"___cxa_pure_virtual", pure_virtual},
    {"___cxa_begin_catch", begin_catch}, {"___gxx_personality_v0", personality}, {"__ZSt9terminatev", terminate},
};

const struct HostLibrary host_libraries[] = {
    {"/usr/lib/libSystem.B.dylib", system_symbols, sizeof system_symbols / sizeof *system_symbols},
    {"/usr/lib/libc++.1.dylib", cxx_symbols, sizeof cxx_symbols / sizeof *cxx_symbols},
};
const size_t host_library_count = sizeof host_libraries / sizeof *host_libraries;
/* clang-format on */
