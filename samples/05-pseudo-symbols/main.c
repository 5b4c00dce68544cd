// The package main: its task and its entry, both static, both pushed.
#include "inittask.h"

#include <linkname/linkname.h>

#include <stdio.h>

static void flags(void) { puts("  flags"); }

static struct inittask task = {"main", 1, {flags}};
LINKNAME(task, "main..inittask", "the name under which every package has its task");

static void entry(void) { puts("main.main"); }
LINKNAME(entry, "main.main", "where the runtime looks for the program");
