// The runtime's own task, and the start of the program: it runs every package's task, then calls main.
#include "inittask.h"

#include <linkname/linkname.h>

#include <stdio.h>

static void heap(void) { puts("  heap"); }
static void scheduler(void) { puts("  scheduler"); }

static struct inittask own_task = {"runtime", 2, {heap, scheduler}};
LINKNAME(own_task, "runtime..inittask", "the name under which every package has its task");

extern struct inittask main_inittask;
LINKNAME(main_inittask, "main..inittask", "main's task is written by somebody who cannot include us");

void main_main(void);
LINKNAME(main_main, "main.main", "the program's entry, in a package that we cannot import");

static void run(const struct inittask *task) {
  printf("init %s\n", task->package);
  for (size_t i = 0; i < task->count; i++)
    task->steps[i]();
}

int main(void) {
  run(&own_task);
  run(&main_inittask);
  main_main();
}
