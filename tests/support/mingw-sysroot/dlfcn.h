/* What a sample for POSIX wants of <dlfcn.h>, for programs that mingw-w64 links against msvcrt.dll. */
#pragma once
#include <windows.h>

#define RTLD_DEFAULT NULL

static inline void *dlsym(void *library, const char *name) {
  return (void *)GetProcAddress(library != NULL ? (HMODULE)library : GetModuleHandleA("msvcrt.dll"), name);
}
