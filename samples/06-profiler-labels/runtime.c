// The runtime keeps one word of profiler labels per thread; a new thread starts with its parent's. The setter and the
// getter are for one customer, the package runtime/pprof, so they are pushed under that package's name.
#include "runtime.h"

#include <linkname/linkname.h>

#include <stdlib.h>

static _Thread_local void *prof_label;

static void runtime_setProfLabel(void *labels) { prof_label = labels; }
LINKNAME(runtime_setProfLabel, "runtime/pprof.runtime_setProfLabel", "for runtime/pprof alone");

static void *runtime_getProfLabel(void) { return prof_label; }
LINKNAME(runtime_getProfLabel, "runtime/pprof.runtime_getProfLabel", "for runtime/pprof alone");

struct start {
  void (*body)(void);
  void *prof_label;
};

static void *begin(void *argument) {
  struct start start = *(struct start *)argument;
  free(argument);
  prof_label = start.prof_label;
  start.body();
  return NULL;
}

pthread_t runtime_go(void (*body)(void)) {
  pthread_t thread;
  struct start *start = malloc(sizeof *start);
  if (start == NULL)
    abort();
  *start = (struct start){body, prof_label};
  if (pthread_create(&thread, NULL, begin, start) != 0)
    abort();
  return thread;
}

void runtime_wait(pthread_t thread) { pthread_join(thread, NULL); }
