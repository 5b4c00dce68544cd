/* Symbols by name; the handle is one of macOS's special values. */
#pragma once
#include <sysroot/linkage.h>

SYSROOT_BEGIN

#define RTLD_DEFAULT ((void *)-2)

void *dlsym(void *handle, const char *name);

SYSROOT_END
