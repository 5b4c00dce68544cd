// A program that exports nothing gets a table of exports. What it imports can go by another name of the same library,
// whether it is looked up when the program is loaded or when it is first called.
// REQUIRES: clang-19, lld-link, mingw, wine
// RUN: x86_64-w64-mingw32-gcc -O1 %S/Inputs/call.c -o %t.call.exe
// RUN: mkdir -p %t.d && x86_64-w64-mingw32-gcc -shared -O1 -DLIBRARY %s -o %t.d/library.dll -Wl,--out-implib,%t.d/library.a
// RUN: x86_64-w64-mingw32-gcc -O1 -DPROGRAM %s %t.d/library.a -o %t.d/program.exe
// RUN: %wine %t.d/program.exe | FileCheck --check-prefix=BEFORE %s
// BEFORE: first 1

// RUN: %image-rewritten "first second" %t.d/program.exe %t.d/renamed.exe --rename first=second && %wine %t.d/renamed.exe | FileCheck --check-prefix=AFTER %s
// AFTER: first 2

// A program is loaded as a DLL would be: what it exports is found, but it is not made ready to be called.
// RUN: %image-rewritten "kept own" %t.d/program.exe %t.d/exports.exe --export kept --export own 2>&1 | FileCheck --check-prefix=NAME %s
// NAME-DAG: exports: the image did not say what it is called; its exports are those of 'image.exe' to tools that ask
// NAME-DAG: exports: {{[0-9]+}} bytes at 0x
// RUN: %wine %t.call.exe %t.d/exports.exe own@ nothing? '#1?' '#2?' | FileCheck --check-prefix=OWN %s
// OWN: own: 77
// OWN-NEXT: nothing: nowhere
// OWN-NEXT: #1: at
// OWN-NEXT: #2: at
// RUN: %wine %t.d/exports.exe | FileCheck --check-prefix=BEFORE %s

// GNU strip writes an image anew, and keeps all of it.
// RUN: x86_64-w64-mingw32-strip %t.d/exports.exe -o %t.d/bare.exe && %wine %t.call.exe %t.d/bare.exe own@ nothing? '#1?' '#2?' | FileCheck --check-prefix=OWN %s
// RUN: x86_64-w64-mingw32-strip %t.d/renamed.exe -o %t.d/bare.exe && %wine %t.d/bare.exe | FileCheck --check-prefix=AFTER %s
// RUN: %image-rewritten "kept first second" %t.d/program.exe %t.d/both.exe --export kept --rename first=second && x86_64-w64-mingw32-strip %t.d/both.exe && %wine %t.d/both.exe | FileCheck --check-prefix=AFTER %s
// RUN: %wine %t.call.exe %t.d/both.exe kept? | FileCheck --check-prefix=BOTH %s
// BOTH: kept: at

// Delayed imports, by lld-link with a helper of our own.
// RUN: x86_64-w64-mingw32-gcc -O1 -DDELAYED -c %s -o %t.o
// RUN: echo LIBRARY library.dll > %t.def && echo EXPORTS >> %t.def && echo first >> %t.def && llvm-lib /nologo /machine:x64 /def:%t.def /out:%t.d/short.lib
// RUN: lld-link /nologo /lldmingw /subsystem:console /entry:begin /delayload:library.dll %t.o %t.d/short.lib %kernel32 /out:%t.d/late.exe
// RUN: llvm-readobj --coff-imports %t.d/late.exe | FileCheck --check-prefix=LATE %s
// LATE: DelayImport {
// LATE: Symbol: first
// RUN: %image-rewritten "first second" %t.d/late.exe %t.d/late2.exe --rename first=second
// RUN: llvm-readobj --coff-imports %t.d/late2.exe | FileCheck --check-prefix=LATER %s
// LATER: DelayImport {
// LATER: Symbol: second
// RUN: %wine %t.d/late.exe | FileCheck --check-prefix=FIRST %s && %wine %t.d/late2.exe | FileCheck --check-prefix=SECOND %s
// FIRST: asks for first
// SECOND: asks for second

#ifdef LIBRARY
__declspec(dllexport) int first(void) { return 1; }
__declspec(dllexport) int second(void) { return 2; }
#elif defined DELAYED
#include <windows.h>
__declspec(dllimport) int first(void);

// What is called in place of a function that was not looked up yet: `at` is its entry in the table of addresses. A
// whole helper would put the address there.
struct late {
  DWORD attributes, library, module, addresses, names;
};
extern char image_begin __asm__("__ImageBase");
static int say(void) { return 0; }
void *__delayLoadHelper2(const struct late *late, void **at) {
  const DWORD_PTR *names = (const DWORD_PTR *)(&image_begin + late->names);
  const char *name = &image_begin + names[at - (void **)(&image_begin + late->addresses)] + 2;
  HANDLE out = GetStdHandle(STD_OUTPUT_HANDLE);
  DWORD done;
  WriteFile(out, "asks for ", 9, &done, 0);
  WriteFile(out, name, lstrlenA(name), &done, 0);
  return say;
}
void begin(void) {
  first();
  ExitProcess(0);
}
#elif defined PROGRAM
#include <stdio.h>
__declspec(dllimport) int first(void);
static int own = 77;
static int kept(int x) { return x + own; }
int (*volatile const table[])(int) = {kept};
int *volatile const data[] = {&own};
int main(void) { return printf("first %d\n", first()), 0; }
#endif
