#include "inheritable.h"

#include <linkname/linkname.h>

#include <string.h>

void setProfLabel(const void *labels);
LINKNAME(setProfLabel, "runtime/pprof.runtime_setProfLabel", "the only word that the runtime hands down");

const void *getProfLabel(void);
LINKNAME(getProfLabel, "runtime/pprof.runtime_getProfLabel", "the only word that the runtime hands down");

void inheritable_set(struct label *label) {
  label->outer = getProfLabel();
  setProfLabel(label);
}

const char *inheritable_get(const char *key) {
  for (const struct label *label = getProfLabel(); label != NULL; label = label->outer)
    if (strcmp(label->key, key) == 0)
      return label->value;
  return "none";
}
