// Every private part of the runtime that the callback core stands on, and why. `linkname-tool inspect ffi.o` prints
// this list from the object. Include it in one file only: a binding holds for the object that it is compiled into.
#pragma once
#include <linkname/linkname.h>

#include <stdbool.h>

void runtime_cgocall(void (*body)(void *), void *argument);
LINKNAME(runtime_cgocall, "runtime.cgocall", "a foreign call may block: the scheduler must not wait for it");

void runtime_cgocallback(void (*body)(void *), void *argument);
LINKNAME(runtime_cgocallback, "runtime.cgocallback", "foreign code calls back: the thread is the runtime's again");

bool runtime_needm(void);
LINKNAME(runtime_needm, "runtime.needm", "a callback may come on a thread that the runtime has never seen");

void runtime_dropm(void);
LINKNAME(runtime_dropm, "runtime.dropm", "such a thread goes back to its owner after the callback");

extern bool runtime_iscgo;
LINKNAME(runtime_iscgo, "runtime.iscgo", "the runtime prepares its signal stacks for foreign code only when told");
