// Hidden -> default: `--globalize-symbol` of both objcopies exits 0 and does nothing, GNU's has no other way.
// REQUIRES: gcc, objcopy, llvm-objcopy
// RUN: gcc -O2 -fPIC -fvisibility=hidden -c %s -o %t.o
// RUN: objcopy --globalize-symbol=foo %t.o %t.gnu && gcc -shared %t.gnu -o %t.so && llvm-readelf --dyn-syms %t.so | FileCheck %s --check-prefix=GONE
// RUN: llvm-objcopy --globalize-symbol=foo %t.o %t.llvm && gcc -shared %t.llvm -o %t.so && llvm-readelf --dyn-syms %t.so | FileCheck %s --check-prefix=GONE
// GONE-NOT: foo
// RUN: %rewritten %t.o %t.new --export foo && gcc -shared %t.new -o %t.so && llvm-readelf --dyn-syms %t.so | FileCheck %s
// CHECK: FUNC GLOBAL DEFAULT {{.*}} foo{{$}}
int foo(void) { return 1; }
