// call DLL WORD...: loads the DLL as any program would and asks for what the words say:
//   name?      where it is, from the DLL's base; or that it is nowhere
//   name=N     what int name(int) makes of N
//   #M=N       the same for ordinal M
//   name@      the int that is there
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

int main(int argc, char **argv) {
  HMODULE dll = LoadLibraryA(argv[1]);
  if (dll == NULL)
    return printf("does not load: %lu\n", GetLastError()), 1;
  for (int i = 2; i < argc; ++i) {
    char name[4096];
    strcpy(name, argv[i]);
    char *what = strpbrk(name, "=?@");
    const char kind = *what;
    *what = 0;
    FARPROC found = GetProcAddress(dll, *name == '#' ? (char *)(UINT_PTR)atoi(name + 1) : name);
    if (strlen(name) > 40)
      strcpy(name + 37, "...");
    if (found == NULL)
      printf("%s: nowhere\n", name);
    else if (kind == '?')
      printf("%s: at %lx\n", name, (unsigned long)((char *)found - (char *)dll));
    else if (kind == '@')
      printf("%s: %d\n", name, *(int *)found);
    else
      printf("%s(%s): %d\n", name, what + 1, ((int (*)(int))found)(atoi(what + 1)));
  }
  return 0;
}
