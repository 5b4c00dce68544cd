/* What the host offers to images in place of macOS's libraries: functions and variables under the names that macOS's
 * linkers see, each the host's own or one in host.c that bridges the difference. C, so that the address of a libc
 * function is its name. */
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
namespace runner {
extern "C" {
#endif

struct HostSymbol {
  const char *name;
  const void *address;
};

struct HostLibrary {
  const char *install_name;
  const struct HostSymbol *symbols;
  size_t count;
};

extern const struct HostLibrary host_libraries[];
extern const size_t host_library_count;

/* Gives the streams to the images; before anything else. */
void host_start(void);

/* What program.cpp and thread_local.cpp do for images. */
void *runner_symbol_by_name(const char *name);
void *runner_thread_variable(const uintptr_t *descriptor);

#ifdef __cplusplus
}
} // namespace runner
#endif
