// Imports that were bound to addresses ahead: the loader would not look at a new name, so the tables are as they were
// before they were bound.
// REQUIRES: mingw, wine
// RUN: mkdir -p %t.d && x86_64-w64-mingw32-gcc -shared -O1 -DLIBRARY %s -o %t.d/library.dll -Wl,--out-implib,%t.d/library.a
// RUN: x86_64-w64-mingw32-gcc -O1 %s %t.d/library.a -o %t.d/program.exe && %image-form %t.d/program.exe %t.d/bound.exe --bound
// RUN: %image-rewritten "first second" %t.d/bound.exe %t.d/new.exe --rename first=second 2>&1 | FileCheck %s && %wine %t.d/new.exe | FileCheck --check-prefix=RUNS %s
// CHECK: note: {{.*}}.exe: imports: are no longer bound to the addresses that others had when the image was made
// RUNS: first 2
// RUN: llvm-readobj --file-headers %t.d/new.exe | FileCheck --check-prefix=HEADERS %s
// HEADERS: BoundImportRVA: 0x0
#include <stdio.h>
#ifdef LIBRARY
__declspec(dllexport) int first(void) { return 1; }
__declspec(dllexport) int second(void) { return 2; }
#else
__declspec(dllimport) int first(void);
int main(void) { return printf("first %d\n", first()), 0; }
#endif
