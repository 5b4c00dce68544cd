#include "inheritable.h"
#include "runtime.h"

#include <stdio.h>

static void report(const char *thread) {
  printf("%s: request %s, user %s\n", thread, inheritable_get("request"), inheritable_get("user"));
}

static void grandchild(void) { report("grandchild"); }

static void child(void) {
  struct label user = {.key = "user", .value = "ann"};
  report("child");
  inheritable_set(&user);
  runtime_wait(runtime_go(grandchild));
}

int main(void) {
  struct label request = {.key = "request", .value = "42"};
  report("main");
  inheritable_set(&request);
  runtime_wait(runtime_go(child));
  report("main");
}
