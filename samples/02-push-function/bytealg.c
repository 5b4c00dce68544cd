// Implements a function that another object only declares, under that object's name for it. The function itself stays
// static: the pushed name is the only way in.
#include "runtime.h"

#include <linkname/linkname.h>

#include <string.h>

static int runtime_cmpstring(struct string a, struct string b) {
  size_t common = a.length < b.length ? a.length : b.length;
  int order = memcmp(a.bytes, b.bytes, common);
  if (order == 0)
    order = (a.length > b.length) - (a.length < b.length);
  return (order > 0) - (order < 0);
}
LINKNAME(runtime_cmpstring, "runtime.cmpstring", "the runtime declares it, each machine's bytealg implements it");
