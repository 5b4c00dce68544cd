// The members of a thin archive may be COFF or Mach-O objects as well, in universal files too.
// REQUIRES: mingw, clang-19, llvm-ar-19, llvm-lib, llvm-lipo, lld-link, wine
// RUN: rm -rf %t && mkdir -p %t/obj %t/out && cd %t
/// COFF, by GNU's ar, with GNU's index.
// RUN: x86_64-w64-mingw32-gcc -DA -c %s -o obj/a.obj && x86_64-w64-mingw32-gcc -DB -c %s -o obj/b.obj && x86_64-w64-mingw32-gcc -DMAIN -c %s -o main.o
// RUN: x86_64-w64-mingw32-ar rcsT gnu.a obj/a.obj obj/b.obj && %tool rewrite gnu.a -o out/gnu.a --rename first=renamed && x86_64-w64-mingw32-nm -s out/gnu.a | FileCheck %s --check-prefix=MAP
// MAP:      renamed in {{.*}}gnu.a.members/a-{{[0-9a-f]*}}.obj
// MAP-NEXT: second in {{.*}}obj/b.obj
// RUN: %run-windows %t/gnu out/gnu.a main.o out/gnu.a | FileCheck %s --check-prefix=PRINTS
// PRINTS: {{^}}42
/// Microsoft's two indices, of which the second knows each name once: another member that defines it is found. Names end in
/// zeros there, and LLVM reads no others.
// RUN: x86_64-w64-mingw32-gcc -DA -DTWIN=7 -c %s -o obj/c.obj && %make-archive ms.lib --thin --index coff obj/a.obj obj/b.obj obj/c.obj
// RUN: %tool rewrite ms.lib -o out/ms.lib --rename a.obj:first=renamed && llvm-nm --print-armap out/ms.lib | FileCheck %s --check-prefix=TWO
// TWO:      first in ../obj/c.obj
// TWO-NEXT: renamed in ms.lib.members/a-
// TWO-NEXT: second in ../obj/b.obj
// RUN: %run-windows %t/ms out/ms.lib main.o out/ms.lib | FileCheck %s --check-prefix=PRINTS
// RUN: llvm-lib /nologo /llvmlibthin /out:lib.lib obj/a.obj obj/b.obj && %tool rewrite lib.lib --thin-members --rename first=renamed && llvm-nm --print-armap lib.lib | FileCheck %s --check-prefix=IN-PLACE
// IN-PLACE-DAG: renamed in obj/a.obj
// IN-PLACE-DAG: second in obj/b.obj
/// Mach-O, and a universal member, whose objects all follow.
// RUN: clang-19 --target=x86_64-apple-macos11 -DA -c %s -o obj/x.o && clang-19 --target=arm64-apple-macos11 -DA -c %s -o obj/arm.o && llvm-lipo -create obj/x.o obj/arm.o -output obj/fat.o
// RUN: llvm-ar-19 --format=gnu --thin -qcs macho.a obj/x.o && %tool rewrite macho.a -o out/macho.a --rename _first=_renamed && llvm-nm --print-armap out/macho.a | FileCheck %s --check-prefix=MACHO
// MACHO: _renamed in macho.a.members/x-
// MACHO: T _renamed
// RUN: %make-archive fat.a --thin obj/fat.o && %tool rewrite fat.a -o out/fat.a --alias _too=_first | FileCheck %s --check-prefix=FAT
// FAT-DAG: fat.a(obj/fat.o)[x86_64]: add '_too'
// FAT-DAG: fat.a(obj/fat.o)[arm64]: add '_too'
#if defined A
int second(int);
#ifdef TWIN
int first(int x) { return TWIN * second(x); }
#else
int first(int x) { return 2 * second(x); }
#endif
#elif defined B
int second(int x) { return x + 1; }
#else
#include "../coff/Inputs/freestanding.h"
int renamed(int);
int program(void) {
  print_number(renamed(20));
  return 0;
}
#endif
