// A section of records that the linker would keep, as cl.exe writes it and `ld -r` leaves it, is marked to be dropped.
// REQUIRES: mingw, lld-link
// RUN: x86_64-w64-mingw32-gcc -I %include -O1 -c %s -o %t.1.o && x86_64-w64-mingw32-ld -r %t.1.o -o %t.o
// RUN: llvm-readobj --sections %t.o | FileCheck %s --check-prefix=BEFORE && %rewritten %t.o %t.new && llvm-readobj --sections %t.new | FileCheck %s
// RUN: lld-link /nologo /dll /noentry /opt:noref %t.o /out:%t.dll && llvm-readobj --sections %t.dll | FileCheck %s --check-prefix=KEPT
// RUN: lld-link /nologo /dll /noentry /opt:noref %t.new /out:%t.dll && llvm-readobj --sections %t.dll | FileCheck %s --check-prefix=DROPPED
// BEFORE: Name: .linkname
// BEFORE-NOT: IMAGE_SCN_LNK_REMOVE
// CHECK: Name: .linkname
// CHECK: IMAGE_SCN_LNK_REMOVE
// KEPT: Name: .linknam
// DROPPED-NOT: Name: .linknam
#include <linkname/linkname.h>
static int exported(int x) { return x + 1; }
LINKNAME(exported);
int use(int x) { return exported(x); }
