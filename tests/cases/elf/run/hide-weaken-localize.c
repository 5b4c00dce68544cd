// What hide, weaken and localize mean when the program runs: a hidden function is not seen from outside the library, a
// weak one gives way, a local one stays its object's own while another object has one of that name.
// REQUIRES: gcc, bfd, gold, lld, mold
// RUN: gcc -O2 -fPIC -c -DPROVIDER %s -o %t.provider.o && gcc -O2 -fPIC -c %s -o %t.o
// RUN: not gcc %t.o %t.provider.o -o %t.exe 2>/dev/null
// RUN: %rewritten %t.provider.o %t.new --weaken chosen --localize name --localize data
// RUN: %link-and-run %t.exe gcc %t.o %t.new | FileCheck %s --check-prefix=BOTH
// BOTH: chosen: main, name: main, provider sees: provider 2
// RUN: %rewritten %t.provider.o %t.new --hide hidden
// RUN: gcc -shared -fuse-ld=bfd %t.new -o %t.bfd.so && gcc -shared -fuse-ld=gold %t.new -o %t.gold.so
// RUN: gcc -shared -fuse-ld=lld %t.new -o %t.lld.so && gcc -shared -fuse-ld=mold %t.new -o %t.mold.so
// RUN: python3 -c 'import ctypes; \
// RUN:   print([(hasattr(l, "hidden"), hasattr(l, "chosen"), l.calls_hidden()) for l in (ctypes.CDLL("%t." + k + ".so") for k in ("bfd", "gold", "lld", "mold"))])' | FileCheck %s --check-prefix=HIDDEN
// HIDDEN: [(False, True, 7), (False, True, 7), (False, True, 7), (False, True, 7)]
#ifdef PROVIDER
const char *chosen(void) { return "provider"; }
const char *name(void) { return "provider"; }
int data = 2;
const char *provider_sees(void) { return name(); }
int provider_data(void) { return data; }
int hidden(void) { return 7; }
int calls_hidden(void) { return hidden(); }
#else
#include <stdio.h>
const char *chosen(void) { return "main"; }
const char *name(void) { return "main"; }
int data = 1;
const char *provider_sees(void);
int provider_data(void);
int main(void) {
  printf("chosen: %s, name: %s, provider sees: %s %d\n", chosen(), name(), provider_sees(), provider_data());
  return 0;
}
#endif
