// After a pull of a name that the same object defines, an undefined entry stands for the references. Made local, the
// definition is no longer what they find: that is said, in one run and in two. Hidden, it still is.
// REQUIRES: gcc
// RUN: gcc -O2 -c %s -o %t.o
// RUN: %tool rewrite %t.o -o %t.new --rename placeholder=definition --localize definition 2>&1 | FileCheck %s
// RUN: %tool rewrite %t.o -o %t.pulled --rename placeholder=definition
// RUN: %tool rewrite %t.pulled -o %t.new --localize definition 2>&1 | FileCheck %s
// CHECK: warning: {{.*}}'definition': is made local, and this file also refers to 'definition' as to somebody else's: those references no longer mean this definition; use --hide
// RUN: %tool rewrite %t.pulled -o %t.new --hide definition 2>&1 | FileCheck %s --check-prefix=HIDE --implicit-check-not=warning
// HIDE: hide 'definition'
// RUN: gcc %t.new -o %t.exe && %t.exe
int placeholder(int);
__attribute__((noinline)) int definition(int x) { return x + 5; }
int main(void) { return placeholder(4) - 9; }
