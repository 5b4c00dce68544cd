// What is hidden is found by nobody, while the library goes on using it, and can be exported again. Its version is that
// of a local symbol. gold has a local entry of its own in .dynsym for a thread-local variable: that is the variable.
// REQUIRES: gcc, bfd, gold, x86_64-host
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: gcc -O1 -fPIC -shared -fuse-ld=bfd -Wl,-z,lazy -Wl,--default-symver %S/Inputs/door.c -o a.so
// RUN: %tool rewrite a.so -o hidden.so --hide other_door
// RUN: readelf -W --dyn-syms hidden.so | FileCheck %s --check-prefix=HIDDEN
// HIDDEN: {{[0-9]+ FUNC +LOCAL +DEFAULT +[0-9]+ other_door}}
// RUN: llvm-readelf -V hidden.so | FileCheck %s --check-prefix=VERSION
// VERSION: 000: 0 (*local*) 0 (*local*)
// RUN: %tool rewrite hidden.so -o back.so --export other_door && %tool check back.so
// RUN: python3 -c 'import ctypes; h = ctypes.CDLL("./hidden.so"); b = ctypes.CDLL("./back.so"); print(hasattr(h, "other_door"), h.open_door(1), hasattr(b, "other_door"), b.open_door(1))' | FileCheck %s
// CHECK: False 16 True 16
//
// RUN: sh -c 'echo "static __thread int own = 3; int *where(void) { return &own; }" > tls.c'
// RUN: gcc -O1 -fPIC -shared -fuse-ld=gold tls.c -o tls.so && %tool rewrite tls.so -o out.so --export own
// RUN: readelf -W --dyn-syms out.so | FileCheck %s --check-prefix=TLS
// TLS: TLS {{.*}} own
// RUN: %tool check out.so
