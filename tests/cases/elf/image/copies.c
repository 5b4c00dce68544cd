// A program that is not position-independent has a copy of a library's variable, for which its entry says that it is defined
// there. The loader finds what it is a copy of by the name, so it is imported: hidden it would be a copy of itself.
// REQUIRES: gcc, bfd, x86_64-host
// RUN: rm -rf %t && mkdir %t && cd %t && gcc -O1 -fPIC -shared -fuse-ld=bfd -DLIBRARY %s -o lib.so
// RUN: gcc -O1 -no-pie -fno-pie -fuse-ld=bfd %s ./lib.so -o program && readelf -rW program | FileCheck %s --check-prefix=COPY
// COPY: R_X86_64_COPY {{.*}} shared_number
// RUN: %tool inspect program | FileCheck %s --check-prefix=INSPECT
// INSPECT: imported object {{.*}} shared_number
// RUN: %exits 1 %tool rewrite program -o no --hide shared_number 2>&1 | FileCheck %s --check-prefix=HIDE
// HIDE: 'shared_number': is only declared here; only its definition can be hidden
// RUN: %tool rewrite program -o alone --prefix v2_ && ./alone | FileCheck %s
// RUN: %tool rewrite program lib.so --prefix v2_ && nm -D program | FileCheck %s --check-prefix=TOGETHER && ./program | FileCheck %s
// TOGETHER: B v2_shared_number
// CHECK: 7 8
// RUN: test ! -e no
#ifdef LIBRARY
int shared_number = 7;
int next_number(void) { return ++shared_number; }
#else
#include <stdio.h>
extern int shared_number, next_number(void);
int main(void) {
  int before = shared_number;
  next_number();
  return !printf("%d %d\n", before, shared_number);
}
#endif
