// --export NAME=ADDRESS[:SIZE] exports what no symbol names: the way into a stripped library.
// REQUIRES: gcc, bfd
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: gcc -O1 -fPIC -shared -fuse-ld=bfd %S/Inputs/door.c -o whole.so && cp whole.so a.so && strip a.so
// RUN: %exits 1 %tool rewrite a.so -o no.so --export helper_one 2>&1 | FileCheck %s --check-prefix=STRIPPED
// STRIPPED: error: --export: there is no symbol 'helper_one' in a.so
// RUN: sh -c '%tool rewrite a.so -o out.so --export "found=0x$(nm whole.so | sed -n "s/ . helper_one//p"):4"' 2>&1 | FileCheck %s
// CHECK: a.so: export 'found' = 0x{{[0-9a-f]+}}  (--export)
// RUN: readelf -W --dyn-syms out.so | FileCheck %s --check-prefix=ENTRY
// ENTRY: {{ 4 FUNC +GLOBAL +DEFAULT +[0-9]+ found}}
// RUN: python3 -c 'import ctypes; print(ctypes.CDLL("./out.so", ctypes.RTLD_GLOBAL).found(41))' | FileCheck %s --check-prefix=CALLED
// CALLED: 42
// RUN: sh -c '%tool rewrite out.so -o again.so --export "found=0x$(nm whole.so | sed -n "s/ . helper_one//p"):4"' && cmp out.so again.so
//
// Data is an object; a name may hold '=' itself.
// RUN: sh -c '%tool rewrite whole.so -o out.so --export "a=b=0x$(nm whole.so | sed -n "s/ . counter//p")"' && readelf -W --dyn-syms out.so | FileCheck %s --check-prefix=DATA
// DATA: {{ 0 OBJECT +GLOBAL +DEFAULT +[0-9]+ a=b}}
//
// Outside of all that is mapped; twice; a name that is taken.
// RUN: %exits 1 %tool rewrite a.so -o no.so --export far=0x10000000 2>&1 | FileCheck %s --check-prefix=FAR
// FAR: error: a.so: 'far' = 0x10000000: is an address outside of all that is mapped; addresses are virtual, as `objdump -d` and `nm` print them
// RUN: %exits 1 %tool rewrite a.so -o no.so --export one=0x1100 --export one=0x1108 2>&1 | FileCheck %s --check-prefix=TWICE
// TWICE: error: --export: 'one' is there already: a.so: another --export; choose another name
// RUN: %exits 1 %tool rewrite a.so -o no.so --export open_door=0x1 2>&1 | FileCheck %s --check-prefix=TAKEN
// TAKEN: error: --export: 'open_door' is there already: a.so: .dynsym[{{[0-9]+}}] 'open_door'; choose another name
// RUN: %exits 1 %tool rewrite a.so -o no.so --export calls_outside=0x1 2>&1 | FileCheck %s --check-prefix=IMPORT
// IMPORT: error: --export: 'calls_outside' is there already: a.so: .dynsym[{{[0-9]+}}] 'calls_outside'; choose another name
// RUN: %exits 1 %tool rewrite a.so -o no.so --export one=11a0 2>&1 | FileCheck %s --check-prefix=NO-0X
// NO-0X: error: --export: there is no symbol 'one=11a0' in a.so; an address begins with 0x: one=0x11a0
//
// In an object there are no addresses.
// RUN: gcc -O1 -fPIC -c %S/Inputs/door.c -o a.o
// RUN: %exits 1 %tool rewrite a.o -o no.so --export x=0x10 2>&1 | FileCheck %s --check-prefix=OBJECT
// OBJECT: error: --export: an address means something in a linked image only, and there is none; name a symbol
// RUN: test ! -e no.so
