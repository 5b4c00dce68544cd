// LINKNAME in an object for Windows: pull, push, export, by name; obeyed once, and nothing to do the second time.
// REQUIRES: clang-19, mingw, i686-mingw, lld-link, wine
// RUN: clang-19 --target=x86_64-pc-windows-msvc -ffreestanding -I %include -I %S/../Inputs -O1 -DPROVIDER -c %s -o %t.1.o && clang-19 --target=x86_64-pc-windows-msvc -ffreestanding -I %include -I %S/../Inputs -O1 -c %s -o %t.2.o
// RUN: %rewritten %t.1.o %t.1.new | FileCheck %s --check-prefix=PROVIDER && %rewritten %t.2.o %t.2.new | FileCheck %s --check-prefix=CONSUMER
// RUN: %run-windows %t.exe %t.1.new %t.2.new | FileCheck %s
// RUN: x86_64-w64-mingw32-gcc -I %include -I %S/../Inputs -O1 -DPROVIDER -c %s -o %t.1.o && x86_64-w64-mingw32-gcc -I %include -I %S/../Inputs -O1 -c %s -o %t.2.o
// RUN: %rewritten %t.1.o %t.1.new | FileCheck %s --check-prefix=PROVIDER && %rewritten %t.2.o %t.2.new | FileCheck %s --check-prefix=CONSUMER
// RUN: %run-windows %t.exe %t.1.new %t.2.new | FileCheck %s
// RUN: i686-w64-mingw32-gcc -I %include -I %S/../Inputs -O1 -DPROVIDER -c %s -o %t.1.o && %rewritten %t.1.o %t.1.new | FileCheck %s --check-prefix=PROVIDER
// RUN: clang-19 --target=i686-pc-windows-msvc -ffreestanding -I %include -I %S/../Inputs -O1 -c %s -o %t.2.o && %rewritten %t.2.o %t.2.new | FileCheck %s --check-prefix=CONSUMER
// RUN: clang-19 --target=aarch64-pc-windows-msvc -ffreestanding -I %include -I %S/../Inputs -O1 -c %s -o %t.2.o && %rewritten %t.2.o %t.2.new | FileCheck %s --check-prefix=CONSUMER
// PROVIDER-DAG: export '{{_?}}private_sum'  (LINKNAME at {{.*}})
// PROVIDER-DAG: add '{{_?}}published.name' = '{{_?}}push'
// PROVIDER-DAG: add '{{_?}}public_counter' = '{{_?}}counter'
// CONSUMER-DAG: rename '{{_?}}pulled' -> '{{_?}}published.name'
// CONSUMER-DAG: rename '{{_?}}by_name' -> '{{_?}}private_sum'
// CONSUMER-DAG: rename '{{_?}}seen' -> '{{_?}}public_counter'
// CHECK: {{^}}43 5 7
#include <linkname/linkname.h>
#ifdef PROVIDER
int push(int x) { return x + 1; }
LINKNAME(push, "published.name");
static int private_sum(int a, int b) { return a + b; }
LINKNAME(private_sum);
static int counter = 7;
LINKNAME(counter, "public_counter");
#else
#include "freestanding.h"
int pulled(int x), by_name(int a, int b);
LINKNAME(pulled, "published.name");
LINKNAME_SYMBOL("by_name", "private_sum");
extern int seen;
LINKNAME(seen, "public_counter");
int program(void) {
  print_number(pulled(42));
  print_number(by_name(2, 3));
  print_number(seen);
  return 0;
}
#endif
