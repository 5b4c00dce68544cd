// A pull of what the same object defines, or exports: two entries of one name, which both linkers bind to the definition.
// REQUIRES: clang-19, mingw, lld-link, wine
// RUN: clang-19 --target=x86_64-pc-windows-msvc -ffreestanding -O1 -I %include -I %S/../Inputs -c %s -o %t.o && %rewritten %t.o %t.new && %run-windows %t.exe %t.new | FileCheck %s
// RUN: x86_64-w64-mingw32-gcc -O1 -I %include -I %S/../Inputs -c %s -o %t.o && %rewritten %t.o %t.new && %run-windows %t.exe %t.new | FileCheck %s
// CHECK: {{^}}2 3
#include <linkname/linkname.h>
#include "freestanding.h"
int own(int x) { return x + 1; }
static int own_static(int x) { return x + 2; }
LINKNAME(own_static);
int pulled(int x), pulled_static(int x);
LINKNAME(pulled, "own");
LINKNAME(pulled_static, "own_static");
int program(void) {
  print_number(pulled(1));
  print_number(pulled_static(1));
  return 0;
}
