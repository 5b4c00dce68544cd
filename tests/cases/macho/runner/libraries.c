// Libraries: found by run path and beside the one that asks, re-exported, missing but weak, looked up flat.
// REQUIRES: macho-runner
// RUN: %macho-everywhere %t 'mkdir -p $o/lib &&                                                                       \
// RUN:   $cc -DLOWER -dynamiclib -install_name @loader_path/liblower.dylib %s -o $o/lib/liblower.dylib &&             \
// RUN:   $cc -DGONE -dynamiclib -install_name @rpath/libgone.dylib %s -o $o/lib/libgone.dylib &&                      \
// RUN:   $cc -DUPPER -dynamiclib -install_name @rpath/libupper.dylib -Wl,-reexport_library,$o/lib/liblower.dylib %s   \
// RUN:     -o $o/lib/libupper.dylib &&                                                                                \
// RUN:   $cc %s $o/lib/libupper.dylib -Wl,-weak_library,$o/lib/libgone.dylib -Wl,-rpath,@executable_path/lib          \
// RUN:     -Wl,-undefined,dynamic_lookup -o $o/program &&                                                             \
// RUN:   $run $o/program && rm $o/lib/libgone.dylib && $run $o/program' | FileCheck %s
// CHECK: lower 1, upper 2, flat 3, qsort, there 4
// CHECK-NEXT: lower 1, upper 2, flat 3, qsort, gone
#if defined LOWER
int lower(void) { return 1; }
int flat(void) { return 3; }
#elif defined GONE
int gone(void) { return 4; }
#elif defined UPPER
int upper(void) { return 2; }
#else
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
int lower(void), upper(void), flat(void);
__attribute__((weak_import)) int gone(void);
int main(void) {
  printf("lower %d, upper %d, flat %d, %s", lower(), upper(), flat(),
         dlsym(RTLD_DEFAULT, "qsort") == (void *)qsort && dlsym(RTLD_DEFAULT, "nothing") == 0 ? "qsort" : "wrong");
  if (gone)
    printf(", there %d\n", gone());
  else
    puts(", gone");
}
#endif
