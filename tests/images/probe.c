/* Loads a library and prints what report() gives, then where each name on its standard input is: `NAME OFFSET`, from
   the library's first byte, or `NAME -`; `NAME@VERSION` asks for a version. Names behind `!` are called. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

int given(int x) { return x + 1000; }

int main(int argc, char **argv) {
  void *library = dlopen(argv[1], RTLD_NOW);
  if (!library) {
    printf("%s\n", dlerror());
    return 1;
  }
  void *entry = dlsym(library, "report");
  Dl_info info;
  if (argc < 2 || !entry || !dladdr(entry, &info)) {
    printf("no report\n");
    return 1;
  }
  int (*report)(int) = (int (*)(int))entry;
  printf("report");
  for (int i = 0; i < 17; ++i)
    printf(" %d", report(i));
  printf("\n");
  char name[256];
  while (scanf("%255s", name) == 1) {
    int call = name[0] == '!';
    char *version = strchr(name, '@');
    void *found;
#ifdef __GLIBC__
    if (version) {
      *version = 0;
      found = dlvsym(library, name, version + 1);
      *version = '@';
    } else
#endif
      found = dlsym(library, name + call);
    if (!found)
      printf("%s -\n", name);
    else if (call)
      printf("%s %d\n", name, ((int (*)(int))found)(1));
    else
      printf("%s %#lx\n", name, (unsigned long)((uintptr_t)found - (uintptr_t)info.dli_fbase));
  }
  return 0;
}
