// Several versions of one name: the name alone means the one that linkers take, `@V` and `@@V` say which, as `inspect`
// prints them. A new name holds no version.
// REQUIRES: gcc, bfd
// RUN: rm -rf %t && mkdir %t && cd %t && printf 'V1 { global: f; local: *; };\nV2 { global: f; } V1;\n' > map
// RUN: gcc -O1 -fPIC -shared -fuse-ld=bfd -Wl,--version-script=map %s -o a.so
// RUN: %tool inspect a.so | FileCheck %s --check-prefix=INSPECT
// INSPECT-DAG: f@V1
// INSPECT-DAG: f@@V2
//
// RUN: %tool rewrite a.so -o default.so --rename f=g --alias h=f && readelf -W --dyn-syms default.so | FileCheck %s --check-prefix=DEFAULT
// DEFAULT-DAG: {{ f@V1$}}
// DEFAULT-DAG: {{ g@@V2$}}
// DEFAULT-DAG: {{ h$}}
// RUN: %tool rewrite a.so -o old.so --rename f@V1=g --alias h=f@V1 && readelf -W --dyn-syms old.so | FileCheck %s --check-prefix=OLD
// OLD-DAG: {{ g@V1$}}
// OLD-DAG: {{ f@@V2$}}
// RUN: %tool rewrite a.so -o new.so --rename f@@V2=g && readelf -W --dyn-syms new.so | FileCheck %s --check-prefix=NEW
// NEW-DAG: {{ f@V1$}}
// NEW-DAG: {{ g@@V2$}}
// RUN: python3 -c 'import ctypes; d, o = ctypes.CDLL("./default.so"), ctypes.CDLL("./old.so"); print(d.g(), d.h(), o.f(), o.h())' | FileCheck %s --check-prefix=CALLED
// CALLED: 2 2 2 1
// RUN: %tool rewrite a.so -o hidden.so --hide f && readelf -W --dyn-syms hidden.so | FileCheck %s --check-prefix=HIDDEN
// HIDDEN-NOT: GLOBAL {{.*}} f
//
// RUN: %exits 1 %tool rewrite a.so -o no.so --rename f@@V1=g 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: error: --rename: there is no symbol 'f@@V1' in a.so
// RUN: %exits 1 %tool rewrite a.so -o no.so --alias g@V2=f 2>&1 | FileCheck %s --check-prefix=AT
// AT: error: a.so: 'g@V2': would be a name that holds a version, and loaders look for versions in another table; leave out the '@V2': what has a version keeps it
// RUN: %exits 1 %tool rewrite a.so -o no.so --alias f=f@V1 2>&1 | FileCheck %s --check-prefix=SAME
// SAME: 'f': is called so already, in its version V1; choose another name
// RUN: test ! -e no.so
int first(void) { return 1; }
int second(void) { return 2; }
__asm__(".symver first, f@V1");
__asm__(".symver second, f@@V2");
