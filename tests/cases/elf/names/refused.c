// What cannot follow a new name is refused for the whole set: code for link-time optimisation, bitcode, records. So is
// what makes no sense together.
// REQUIRES: gcc, clang-19
// RUN: rm -rf %t && mkdir %t && cd %t && gcc -c %s -o a.o && gcc -flto -ffat-lto-objects -c %s -o fat.o && clang-19 -flto -c %s -o bitcode.o
// RUN: ar rc libfat.a a.o fat.o && ar rc libbit.a a.o bitcode.o && echo hello > notes.txt && ar rc libtext.a a.o notes.txt
// RUN: %exits 1 %tool rewrite libfat.a --prefix z_ 2>&1 | FileCheck %s --check-prefix=FAT
// FAT: error: libfat.a(fat.o): holds code for link-time optimisation, which would go on speaking of the old names; compile it with -fno-lto
// RUN: %exits 1 %tool rewrite libbit.a --isolate --keep f 2>&1 | FileCheck %s --check-prefix=BITCODE
// BITCODE: error: libbit.a(bitcode.o): is LLVM bitcode {{.*}}: it would go on speaking of the old names
// RUN: %tool rewrite libtext.a --prefix z_ | FileCheck %s --check-prefix=TEXT
// TEXT: libtext.a(a.o): rename 'f' -> 'z_f'
// RUN: gcc -I%include -DRECORD -c %s -o record.o && %exits 1 %tool rewrite record.o --suffix _z 2>&1 | FileCheck %s --check-prefix=RECORD
// RECORD: error: record.o: holds records of LINKNAME, which say the old names and would be obeyed in a later run
// RUN: %exits 2 %tool rewrite a.o --prefix z_ --export f 2>&1 | FileCheck %s --check-prefix=VERB
// VERB: error: --export: does not go together with new names for a whole set; run one after the other
// RUN: %exits 2 %tool rewrite a.o --isolate 2>&1 | FileCheck %s --check-prefix=KEEP
// KEEP: error: --isolate: a library of which nothing is kept is of no use to anybody; say with --keep
// RUN: %exits 1 %tool rewrite a.o --isolate --keep g 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: error: --keep: there is no symbol 'g' in a.o
// RUN: %exits 1 %tool rewrite a.o --isolate --keep abs 2>&1 | FileCheck %s --check-prefix=ABS
// ABS: error: --keep: 'abs' is only referred to here, and not defined
// RUN: %exits 2 %tool rewrite a.o --keep f
// RUN: %exits 2 %tool rewrite a.o --only f
// RUN: %exits 2 %tool rewrite a.o --isolate --keep f --prefix z_
// RUN: %exits 2 %tool rewrite a.o --isolate --keep f --except f
// RUN: %exits 2 %tool rewrite a.o --isolate=a@b --keep f
// RUN: %exits 2 %tool rewrite a.o --prefix 'a b'
#ifdef RECORD
#include <linkname/linkname.h>
int g(void);
LINKNAME(g, "abs");
int f(void) { return g(); }
#else
int abs(int);
int f(void) { int (*volatile call)(int) = abs; return call(-1); }
#endif
