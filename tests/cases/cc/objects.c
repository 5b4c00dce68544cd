// The compiler is run as it is; what it made obeys its records at once, whatever way the object was named.
// REQUIRES: gcc, clang-19
// RUN: rm -rf %t && mkdir -p %t/sub && cp %s %t/x.c && cd %t
// RUN: %tool cc -- gcc -I%include -c x.c && nm x.o | FileCheck %s
// RUN: %tool cc -- clang-19 -I%include -c x.c -osub/joined.o && nm sub/joined.o | FileCheck %s
// RUN: %tool cc -- gcc -I%include -c -o sub/first.o x.c && nm sub/first.o | FileCheck %s
// RUN: %tool cc -- clang-19 -I%include -c x.c --output=sub/long.o && nm sub/long.o | FileCheck %s
// RUN: cat x.c | %tool cc -- gcc -I%include -x c -c - -o sub/pipe.o && nm sub/pipe.o | FileCheck %s
// RUN: echo "-I%include -c x.c -o 'sub/with blank.o'" > args.rsp && %tool cc -- gcc @args.rsp && nm 'sub/with blank.o' | FileCheck %s
// RUN: cp x.c y.c && %tool cc -- gcc -I%include -c x.c y.c && nm y.o | FileCheck %s
// RUN: %tool cc -- gcc -I%include -MD -MF sub/x.d -MT target -c x.c -o sub/deps.o && nm sub/deps.o | FileCheck %s && FileCheck %s --check-prefix=DEPS < sub/x.d
// DEPS: target: x.c
// RUN: %tool cc -- clang-cl-19 -I%include /c x.c /Fosub/cl.obj && llvm-nm sub/cl.obj | FileCheck %s
// RUN: %tool cc -- clang-cl-19 -I%include /c x.c && llvm-nm x.obj | FileCheck %s
// RUN: %tool cc -- clang-cl-19 -I%include /c x.c -o sub/ && llvm-nm sub/x.obj | FileCheck %s
// CHECK-DAG: remote_one
// CHECK-NOT: local_one
/// What makes no object.
// RUN: %tool cc -- gcc -I%include -E x.c | FileCheck %s --check-prefix=SOURCE
// SOURCE: int local_one(int);
// RUN: %tool cc -- gcc -I%include -S x.c -o - | FileCheck %s --check-prefix=ASSEMBLY
// ASSEMBLY: local_one
// RUN: %tool cc -- gcc --version | FileCheck %s --check-prefix=VERSION
// VERSION: gcc
// RUN: %tool cc -- gcc -I%include -M x.c | FileCheck %s --check-prefix=MAKE
// MAKE: x.o: x.c
/// The same bytes as two steps make; without records, what the compiler made.
// RUN: gcc -I%include -c x.c -o steps.o && %tool rewrite steps.o && cmp steps.o x.o
// RUN: echo 'int f(void) { return 1; }' > plain.c && gcc -c plain.c -o a.o && %tool cc -- gcc -c plain.c -o b.o && cmp a.o b.o
#include <linkname/linkname.h>
int local_one(int);
LINKNAME(local_one, "remote_one");
int use(int x) { return local_one(x); }
