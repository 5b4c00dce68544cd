// A new name that exists already: the objcopies write it twice, and the link fails later. We refuse at once.
// REQUIRES: gcc, objcopy, llvm-objcopy
// RUN: gcc -c %s -o %t.o
// RUN: objcopy --redefine-sym foo=bar %t.o %t.gnu && not gcc %t.gnu -o %t.exe 2>/dev/null
// RUN: llvm-objcopy --redefine-sym foo=bar %t.o %t.llvm && not gcc %t.llvm -o %t.exe 2>/dev/null
// RUN: %exits 1 %tool rewrite %t.o --rename foo=bar 2>&1 | FileCheck %s
// CHECK: error: {{.*}}'foo': cannot be renamed to 'bar', which is defined here already
int foo(void) { return 1; }
int bar(void) { return 2; }
int main(void) { return foo() + bar(); }
