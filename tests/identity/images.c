// Loads a library and says where each of the names on the standard input stands in it: `NAME OFFSET`, from where it is
// loaded, `NAME elsewhere` for another library's, `NAME none`. `NAME@VERSION` asks for a version.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <string.h>

struct Extent {
  unsigned long base, start, end;
};

/* The mapped addresses of the library that is loaded at `base`. dladdr() would walk through all symbols each time. */
static int note(struct dl_phdr_info *info, size_t size, void *data) {
  struct Extent *extent = data;
  int i;
  (void)size;
  if (info->dlpi_addr != extent->base)
    return 0;
  for (i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
    unsigned long start = extent->base + segment->p_vaddr;
    if (segment->p_type != PT_LOAD)
      continue;
    if (extent->end == 0 || start < extent->start)
      extent->start = start;
    if (start + segment->p_memsz > extent->end)
      extent->end = start + segment->p_memsz;
  }
  return 1;
}

int main(int argc, char **argv) {
  static char line[1 << 20];
  void *library = argc == 2 ? dlopen(argv[1], RTLD_LAZY | RTLD_LOCAL) : NULL;
  struct link_map *map = NULL;
  struct Extent extent = {0, 0, 0};
  if (library == NULL || dlinfo(library, RTLD_DI_LINKMAP, &map) != 0) {
    printf("%s\n", argc == 2 ? dlerror() : "one library");
    return 2;
  }
  extent.base = (unsigned long)map->l_addr;
  dl_iterate_phdr(note, &extent);
  while (fgets(line, sizeof line, stdin) != NULL) {
    char *version;
    void *address;
    line[strcspn(line, "\n")] = 0;
    version = strchr(line, '@');
    if (version != NULL)
      *version = 0;
#ifdef __GLIBC__
    address = version == NULL ? dlsym(library, line) : dlvsym(library, line, version + 1);
#else
    address = dlsym(library, line); /* other C libraries' loaders look at no version */
#endif
    if (version != NULL)
      *version = '@';
    if ((unsigned long)address >= extent.start && (unsigned long)address < extent.end)
      printf("%s %lx\n", line, (unsigned long)((char *)address - (char *)map->l_addr));
    else
      printf("%s %s\n", line, address == NULL ? "none" : "elsewhere");
  }
  return 0;
}
