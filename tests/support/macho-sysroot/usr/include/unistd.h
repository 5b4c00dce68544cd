/* Bytes to file descriptors, and the end without a farewell. */
#pragma once
#include <stddef.h>
#include <sysroot/linkage.h>

SYSROOT_BEGIN

typedef long ssize_t;

ssize_t write(int file, const void *bytes, size_t size);
void _exit(int status) __attribute__((noreturn));

SYSROOT_END
