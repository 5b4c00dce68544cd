// A driver's words in a response file, as build systems pass long commands: what is in the file is bound like the rest, and
// the libraries that the driver adds are found.
// RUN: rm -rf %t && mkdir %t
// RUN: %cc -c -I%include %s -o %t/app.o && %cc -DOWNER -c %s -o %t/owner.o && llvm-ar rc %t/libowner.a %t/owner.o
// RUN: echo "%t/app.o -L%t" >%t/link.rsp && echo "-lowner -lm" >>%t/link.rsp
// RUN: %tool link --allow '*=hidden' -- %cc @%t/link.rsp -o %t/program && %t/program
// RUN: %tool link --allow '*=hidden' --dry-run -- %cc @%t/link.rsp -o %t/program | FileCheck %s
// CHECK-DAG: hidden
// CHECK-DAG: sqrt

// A command that is too long for words even when the driver is asked about it: what it names is bound all the same.
// RUN: python3 -c "print(' '.join('-L/no/such/folder/%%d' %% i for i in range(120000)))" >%t/long.rsp
// RUN: %tool link --allow '*=hidden' --dry-run -- %cc @%t/long.rsp %t/app.o %t/owner.o -lm -o %t/long 2>&1 | FileCheck %s --check-prefix LONG
// LONG: hidden
#ifdef OWNER
static int hidden(int x) { return x + 1; }
int (*const table[])(int) = {hidden};
#else
#include <linkname/linkname.h>

int pulled(int x);
LINKNAME(pulled, "hidden");

double root(double x);
LINKNAME(root, "sqrt", "from a library that the command looks for");

int main(void) { return pulled((int)root(16.0)) == 5 ? 0 : 1; }
#endif
