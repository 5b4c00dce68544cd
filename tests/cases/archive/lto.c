// Members that hold code for link-time optimisation: a warning where they may speak of a name that others have, an error
// where nobody else has it, and no word where the name is not in them.
// REQUIRES: gcc, clang-19, llvm-ar-19
// RUN: rm -rf %t && mkdir %t && cd %t && clang-19 -flto -c -DA %s -o a.o && clang-19 -flto=thin -c -DA %s -o thin.o
// RUN: gcc -c -flto -fno-fat-lto-objects -DA %s -o slim.o && gcc -c %s -o b.o && printf text > readme
// RUN: llvm-ar-19 qcs mixed.a a.o b.o slim.o readme && llvm-ar-19 qcs one.a a.o b.o && llvm-ar-19 qcs only.a thin.o a.o
// RUN: %archive-rewritten mixed.a out --rename second=other 2>&1 | FileCheck %s --check-prefix=QUIET --implicit-check-not=warning
// QUIET: changed (b.o)
// RUN: %archive-rewritten one.a out --rename first=other 2>&1 | FileCheck %s --check-prefix=ONE
// ONE-DAG: warning: one.a(a.o): is left as it is, and may speak of 'first': it is LLVM bitcode for link-time optimisation, whose symbols linkname cannot edit; compile it with -fno-lto
// ONE-DAG: changed (b.o)
// RUN: %tool rewrite mixed.a -o out --rename first=other 2>&1 | FileCheck %s --check-prefix=SEVERAL
// SEVERAL:      warning: --rename: these are left as they are, and may speak of 'first'; compile it with -fno-lto
// SEVERAL-NEXT: {{^}}  mixed.a(a.o): is LLVM bitcode
// SEVERAL-NEXT: {{^}}  mixed.a(slim.o): holds nothing but code for link-time optimisation
// RUN: %exits 1 %tool rewrite one.a --rename variable=other 2>&1 | FileCheck %s --check-prefix=NOBODY --implicit-check-not=error:
// NOBODY: error: one.a(a.o): is all that may hold 'variable': it is LLVM bitcode
// RUN: %exits 1 %tool rewrite only.a --rename first=other 2>&1 | FileCheck %s --check-prefix=ONLY --implicit-check-not=error:
// ONLY:      error: --rename: these are all that may hold 'first'; compile it with -fno-lto
// ONLY-NEXT: {{^}}  only.a(thin.o): is LLVM bitcode
// ONLY-NEXT: {{^}}  only.a(a.o): is LLVM bitcode
// RUN: %exits 1 %tool rewrite one.a --export b.o:first_static 2>&1 | FileCheck %s --check-prefix=QUALIFIED
// QUALIFIED: error: --export: there is no symbol 'b.o:first_static'
// RUN: %tool inspect mixed.a 2>&1 | FileCheck %s --check-prefix=INSPECT
// INSPECT-DAG: note: mixed.a(a.o): is LLVM bitcode
// INSPECT-DAG: note: mixed.a(slim.o): holds nothing but code for link-time optimisation
// INSPECT-DAG: mixed.a(b.o): elf64
#ifdef A
int variable = 3;
int first(int x) { return x; }
#else
int first(int);
int second(int x) { return first(x); }
#endif
