// A thread-local variable has no address for a record, and for GCC on mingw no symbol of its own either: LINKNAME_SYMBOL
// finds it through what stands for it.
// REQUIRES: mingw, wine
// RUN: x86_64-w64-mingw32-gcc -I %include -O1 -DPROVIDER -c %s -o %t.1.o && x86_64-w64-mingw32-gcc -I %include -O1 -c %s -o %t.2.o
// RUN: %rewritten %t.1.o %t.1.new | FileCheck %s --check-prefix=PROVIDER && %rewritten %t.2.o %t.2.new | FileCheck %s --check-prefix=CONSUMER
// RUN: x86_64-w64-mingw32-gcc -static %t.1.new %t.2.new -o %t.exe && %wine %t.exe | FileCheck %s
// PROVIDER: add '__emutls_v.published' = '__emutls_v.own'  (LINKNAME at
// CONSUMER-DAG: rename '__emutls_v.pulled' -> '__emutls_v.published'
// CONSUMER-DAG: rename '.refptr.__emutls_v.pulled' -> '.refptr.__emutls_v.published'
// CHECK: 42 43
#include <linkname/linkname.h>
#ifdef PROVIDER
__thread int own = 41;
LINKNAME_SYMBOL("own", "published");
int next(void) { return ++own; }
#else
#include <stdio.h>
extern __thread int pulled;
LINKNAME_SYMBOL("pulled", "published");
int next(void);
int main(void) {
  next();
  printf("%d ", pulled);
  next();
  printf("%d\n", pulled);
  return 0;
}
#endif
