// Windows: mingw's driver and linker, lld-link, and clang for the MSVC ABI; a static in an object, one in a library.
// REQUIRES: mingw, lld-link, clang-19, wine
// RUN: rm -rf %t && split-file %s %t && cd %t && x86_64-w64-mingw32-gcc -O2 -c provider.c member.c && x86_64-w64-mingw32-ar rcs libmember.a member.o
// RUN: %tool cc -- x86_64-w64-mingw32-gcc -O2 -I%include -c main.c -o main.o
// RUN: %tool link --rules linkname.rules -- x86_64-w64-mingw32-gcc main.o provider.o -L. -lmember -o driver.exe && %wine driver.exe | FileCheck %s
// RUN: %tool link --rules linkname.rules -- clang-19 --target=x86_64-w64-mingw32 -fuse-ld=lld main.o provider.o libmember.a -o clang.exe && %wine clang.exe | FileCheck %s
// CHECK: 5 7
/// The linkers themselves, without a C runtime.
// RUN: %tool cc -- clang-cl-19 --target=x86_64-pc-windows-msvc /O2 /GS- -I%include -DFREE /Zl /c main.c /Fofree.obj && clang-cl-19 --target=x86_64-pc-windows-msvc /O2 /Zl /c provider.c member.c
// RUN: llvm-lib /out:member.lib member.obj && sh -c 'cp $(x86_64-w64-mingw32-gcc -print-file-name=libkernel32.a) kernel32.lib'
// RUN: %tool link --rules linkname.rules -- lld-link /nologo /entry:start /subsystem:console free.obj provider.obj /libpath:. member.lib kernel32.lib /out:lld.exe 2>&1 | FileCheck %s --check-prefix=QUIET --allow-empty && %exits 12 %wine lld.exe
// QUIET-NOT: {{.}}
// RUN: echo '/nologo /entry:start /subsystem:console free.obj provider.obj member.lib kernel32.lib "/out:rsp.exe"' > link.rsp && %tool link --rules linkname.rules -- lld-link @link.rsp && %exits 12 %wine rsp.exe
// RUN: %tool link --rules linkname.rules -- clang-19 --target=x86_64-pc-windows-msvc -fuse-ld=lld -nostdlib -Wl,/entry:start,/subsystem:console free.obj provider.obj member.lib kernel32.lib -o msvc.exe && %exits 12 %wine msvc.exe
// RUN: %tool link --rules linkname.rules -- x86_64-w64-mingw32-ld -e start free.obj provider.obj member.lib kernel32.lib -o ld.exe && %exits 12 %wine ld.exe
/// GNU ld exports everything from a DLL where nothing is marked; what was promoted is not part of that.
// RUN: %tool link --rules linkname.rules -- x86_64-w64-mingw32-gcc -shared main.o provider.o libmember.a -o lib.dll && llvm-readobj --coff-exports lib.dll | FileCheck %s --check-prefix=EXPORTS
// EXPORTS-NOT: Name: in_
// EXPORTS: Name: provider_calls
// EXPORTS-NOT: Name: in_
/// What an import library or a DLL offers is public.
// RUN: x86_64-w64-mingw32-gcc -O2 -DDLL -shared provider.c -o offers.dll -Wl,--out-implib,liboffers.dll.a && %tool cc -- x86_64-w64-mingw32-gcc -O2 -I%include -DIMPORTS -c main.c -o imports.o
// RUN: %tool link --dry-run -- x86_64-w64-mingw32-gcc imports.o liboffers.dll.a -o imports.exe | FileCheck %s --check-prefix=IMPORT
// IMPORT: imports.o: 'offered' -> liboffers.dll.a{{.*}} (public)
// RUN: %tool link -- x86_64-w64-mingw32-gcc imports.o offers.dll -o imports.exe && %wine imports.exe | FileCheck %s --check-prefix=FIVE
// FIVE: 5
//--- linkname.rules
allow main.c in_*
//--- main.c
#include <linkname/linkname.h>
#ifdef IMPORTS
int offers(int);
LINKNAME(offers, "offered");
int printf(const char *, ...);
int main(void) { return printf("%d\n", offers(4)) < 0; }
#else
int object(int);
LINKNAME(object, "in_object");
int member(int);
LINKNAME(member, "in_member");
#ifdef FREE
__declspec(dllimport) void ExitProcess(unsigned);
void start(void) { ExitProcess((unsigned)(object(4) + member(5))); }
#else
int printf(const char *, ...);
int main(void) { return printf("%d %d\n", object(4), member(5)) < 0; }
#endif
#endif
//--- provider.c
#ifdef DLL
int offered(int x) { return x + 1; }
#endif
#ifdef __GNUC__
__attribute__((noinline))
#endif
static int in_object(int x) { return x + 1; }
int (*volatile keep_object)(int) = in_object;
int provider_calls(int x) { return keep_object(x); }
//--- member.c
static __attribute__((noinline)) int in_member(int x) { return x + 2; }
int (*volatile keep_member)(int) = in_member;
