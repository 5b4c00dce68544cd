// Loads a library and says where each of the names on the standard input stands in it: `NAME OFFSET`, from where it is
// loaded, `NAME elsewhere` for another library's, `NAME none`. `NAME@VERSION` asks for a version.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
  static char line[1 << 20];
  void *library = argc == 2 ? dlopen(argv[1], RTLD_LAZY | RTLD_LOCAL) : NULL;
  struct link_map *map = NULL;
  if (library == NULL || dlinfo(library, RTLD_DI_LINKMAP, &map) != 0) {
    printf("%s\n", argc == 2 ? dlerror() : "one library");
    return 2;
  }
  while (fgets(line, sizeof line, stdin) != NULL) {
    char *version;
    void *address;
    struct link_map *owner = NULL;
    Dl_info info;
    line[strcspn(line, "\n")] = 0;
    version = strchr(line, '@');
    if (version != NULL)
      *version = 0;
    address = version == NULL ? dlsym(library, line) : dlvsym(library, line, version + 1);
    if (version != NULL)
      *version = '@';
    if (address != NULL && dladdr1(address, &info, (void **)&owner, RTLD_DL_LINKMAP) != 0 && owner == map)
      printf("%s %lx\n", line, (unsigned long)((char *)address - (char *)map->l_addr));
    else
      printf("%s %s\n", line, address == NULL ? "none" : "elsewhere");
  }
  return 0;
}
