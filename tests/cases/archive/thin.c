// A thin archive's members are files of their own: a request may mean one of them, so it is refused and says what to name.
// REQUIRES: gcc, llvm-ar-19
// RUN: rm -rf %t && mkdir %t && cd %t && gcc -c %s -o a.o && ar qcsT gnu.a a.o && llvm-ar-19 --thin -qcs llvm.a a.o && cp gnu.a gnu.orig
// RUN: %exits 1 %tool rewrite gnu.a llvm.a --rename first=other 2>&1 | FileCheck %s
// CHECK:      error: gnu.a: is a thin archive: its members are files of their own, and linkname does not look into them from here; name these files
// CHECK-NEXT: error: llvm.a: is a thin archive
/// So are new names for everything: the members would go on speaking of the old ones.
// RUN: %exits 1 %tool rewrite gnu.a --prefix x_ 2>&1 | FileCheck %s --check-prefix=SET
// RUN: %exits 1 %tool rewrite gnu.a --isolate --keep first 2>&1 | FileCheck %s --check-prefix=SET
// SET: error: gnu.a: is a thin archive
// RUN: cmp gnu.a gnu.orig
/// Without a request there may be records in them.
// RUN: %tool rewrite gnu.a -o out 2>&1 | FileCheck %s --check-prefix=WARNING && cmp gnu.a out
// WARNING: warning: gnu.a: is a thin archive
// RUN: %tool inspect llvm.a 2>&1 | FileCheck %s --check-prefix=NOTE
// NOTE: note: llvm.a: is a thin archive
/// An empty one has nothing to miss.
// RUN: printf '!<thin>\n' > empty.a && %tool rewrite empty.a 2>&1 | FileCheck %s --allow-empty --check-prefix=EMPTY
// EMPTY-NOT: thin
/// The files themselves are what is rewritten; the index goes on pointing to the headers, and ranlib brings the names in.
// RUN: %tool rewrite a.o --rename first=other && ar s gnu.a && nm -s gnu.a | FileCheck %s --check-prefix=MAP
// MAP: other in {{.*}}a.o
int first(int x) { return x; }
