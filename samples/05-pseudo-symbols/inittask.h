#pragma once
#include <stddef.h>

// What a package has to do before main starts. Go's compiler writes one per package, under the package's name and a
// name that no source can spell: two dots in a row.
struct inittask {
  const char *package;
  size_t count;
  void (*steps[4])(void);
};
