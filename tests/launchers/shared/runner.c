#include <dlfcn.h>
#include <stdio.h>

int main(void) {
  void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
  int (*sample_main)(void) = NULL;
  if (library != NULL)
    *(void **)&sample_main = dlsym(library, "main");
  if (sample_main == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  return sample_main();
}
