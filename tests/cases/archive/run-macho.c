// Archives and universal archives for macOS, linked with ld64.lld through their index and run.
// REQUIRES: macho-runner, llvm-libtool-darwin, llvm-lipo
// RUN: %macho-everywhere %t 'mkdir -p $o && $cc -DPROVIDER -c %s -o $o.provider.o && $cc -c %s -o $o.o &&              \
// RUN:   llvm-libtool-darwin -static -o $o.a $o.provider.o && llvm-ar --format=darwin -qcs $o.ar.a $o.provider.o &&     \
// RUN:   llvm-lipo -create $o.a -output $o.fat.a && for library in $o.a $o.ar.a $o.fat.a; do                          \
// RUN:   %tool rewrite $library -o $library.new --rename _old_name=_new_name_that_is_longer --export _hidden_one --unsafe _hidden_one > $o.log && \
// RUN:   $cc $o.o $library.new -o $o.exe && $run $o.exe; done' | FileCheck %s
// CHECK-COUNT-3: 5 42
#ifdef PROVIDER
static int hidden_one(int x) { return x * 2; }
int (*volatile keep)(int) = hidden_one;
int old_name(int x) { return x + 1; }
#else
#include <stdio.h>
int new_name_that_is_longer(int), hidden_one(int);
int main(void) { printf("%d %d\n", new_name_that_is_longer(4), hidden_one(21)); }
#endif
