#include <linkname/linkname.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

// The placeholder gives the assembly function a type; memequal.S has the code.
bool abigen_runtime_memequal(const void *a, const void *b, size_t size);
LINKNAME(abigen_runtime_memequal, "runtime.memequal", "written in assembly, which can spell this name");

static void compare(const char *a, const char *b, size_t size) {
  bool equal = abigen_runtime_memequal(a, b, size);
  printf("first %zu bytes of \"%s\" and \"%s\": %s\n", size, a, b, equal ? "equal" : "different");
}

int main(void) {
  compare("linkname", "linkname", 8);
  compare("linkname", "linkedit", 4);
  compare("linkname", "linkedit", 5);
  compare("a", "b", 0);
}
