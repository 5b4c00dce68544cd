// Pushes two variables with their initial values. Linking this object is all it takes to switch the runtime over.
#include <linkname/linkname.h>

#include <stdbool.h>
#include <stdio.h>

static int set_environment(const char *name, const char *value) { return printf("cgo: %s=%s\n", name, value); }

static int (*x_cgo_setenv)(const char *name, const char *value) = set_environment;

bool _iscgo = true;
LINKNAME(_iscgo, "runtime.iscgo", "tells the runtime that C code is in the program");

int (**_cgo_setenv)(const char *name, const char *value) = &x_cgo_setenv;
LINKNAME(_cgo_setenv, "runtime._cgo_setenv", "the runtime's environment and C's must stay the same");
