// New names for all that a library exports, at once: what it imports keeps its name, a program in the same run follows,
// and so does what the linker says of versions.
// REQUIRES: gcc, bfd, x86_64-host
// RUN: rm -rf %t && mkdir %t && cd %t && printf 'V1 { global: a*; b; local: *; };\n' > map
// RUN: gcc -O1 -fPIC -shared -fuse-ld=bfd -Wl,--version-script=map -DLIBRARY %s -o lib.so && gcc -O1 -fuse-ld=bfd %s ./lib.so -o program
// RUN: %tool rewrite lib.so program --prefix v2_ --except b | FileCheck %s --check-prefix=SAID
// SAID-DAG: lib.so: rename 'a1' -> 'v2_a1'
// SAID-DAG: program: rename 'a1' -> 'v2_a1'
// RUN: %tool check lib.so program && ./program | FileCheck %s --check-prefix=RAN
// RAN: 1 2 3 4
// RUN: readelf -W --dyn-syms lib.so | FileCheck %s --check-prefix=NAMES --implicit-check-not="{{ a[12]@}}"
// NAMES-DAG: {{ puts@GLIBC}}
// NAMES-DAG: {{ v2_a1@@V1$}}
// NAMES-DAG: {{ v2_a2@@V1$}}
// NAMES-DAG: {{ b@@V1$}}
// NAMES-DAG: {{ ABS +V1}}
//
// A map says names one by one.
// RUN: printf 'b c\nv2_a1 a1\n' > names && %tool rewrite lib.so -o mapped.so --rename-map names
// RUN: nm -D --defined-only mapped.so | FileCheck %s --check-prefix=MAPPED
// MAPPED-DAG: {{ a1@@V1$}}
// MAPPED-DAG: {{ c@@V1$}}
// RUN: %exits 1 %tool rewrite lib.so -o no.so --isolate --keep b 2>&1 | FileCheck %s --check-prefix=ISOLATE
// ISOLATE: error: lib.so: is linked already: what it does not export is nobody else's in any case; take names away from others with --hide, or give them new ones with --prefix
#include <stdio.h>
int a1(void), a2(void), b(void);
#ifdef LIBRARY
int a1(void) { return 1; }
int a2(void) { return puts("") ? 2 : 0; }
int b(void) { return 3; }
#else
int main(void) { return !printf("%d 2 %d 4\n", a1(), b()); }
#endif
