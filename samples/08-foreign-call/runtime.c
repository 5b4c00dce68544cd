// Stands for a language runtime. It has to know at any time whether a thread runs its own code or foreign code; the
// functions that cross that border are private, and published for the foreign-call library alone.
#include "runtime.h"

#include <linkname/linkname.h>

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static _Thread_local struct {
  bool adopted; // the runtime knows this thread
  bool foreign; // it is outside, in foreign code
} machine;

static void cgocall(void (*body)(void *), void *argument) {
  machine.foreign = true;
  body(argument);
  machine.foreign = false;
}
LINKNAME(cgocall, "runtime.cgocall");

static void cgocallback(void (*body)(void *), void *argument) {
  machine.foreign = false;
  body(argument);
  machine.foreign = true;
}
LINKNAME(cgocallback, "runtime.cgocallback");

static bool needm(void) {
  bool stranger = !machine.adopted;
  machine.adopted = true;
  return stranger;
}
LINKNAME(needm, "runtime.needm");

static void dropm(void) { machine.adopted = false; }
LINKNAME(dropm, "runtime.dropm");

static bool foreign_calls_allowed;
LINKNAME(foreign_calls_allowed, "runtime.iscgo");

void runtime_print(const char *format, ...) {
  if (!machine.adopted || machine.foreign) {
    fputs("fatal: runtime code on a thread that is in foreign code\n", stderr);
    abort();
  }
  va_list arguments;
  va_start(arguments, format);
  vprintf(format, arguments);
  va_end(arguments);
}

int main(void) {
  needm();
  runtime_print("foreign calls are %s\n", foreign_calls_allowed ? "allowed" : "not allowed");
  app_main();
  runtime_print("foreign calls are %s\n", foreign_calls_allowed ? "allowed" : "not allowed");
}
