/* Symbols of the C library at run time. */
#pragma once

#define RTLD_DEFAULT ((void *)0)
void *dlsym(void *library, const char *name);
