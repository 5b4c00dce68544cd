// A symbol or a library that is not there is named, and the status is one of the runner's own.
// REQUIRES: macho-runner
// RUN: %macho-everywhere %t '                                                                                         \
// RUN:   library() { $cc -DLIBRARY -dynamiclib %s -o $o.library "$@"; };                                              \
// RUN:   refused() { %exits 125 "$@" 2>&1 | sed "s/^macho-runner: [^:]*: //; s/ 0x[0-9a-f]*//"; };                                  \
// RUN:   library -install_name liba.dylib && $cc %s $o.library -o $o && $run --with $o.library $o &&                  \
// RUN:   refused $run $o &&                                                                                           \
// RUN:   library -install_name libb.dylib && refused $run --with $o.library $o &&                                     \
// RUN:   library -install_name liba.dylib -DOTHER && refused $run --with $o.library $o &&                             \
// RUN:   refused $run --call _nothing $o.library && refused $run --call _data $o.library && refused $run $o.library   \
// RUN: ' | FileCheck %s
// CHECK: 42
// CHECK-NEXT: wants liba.dylib, which is not to be found{{$}}
// CHECK-NEXT: wants liba.dylib, which is not to be found nor offered
// CHECK-NEXT: imports _answer from liba.dylib, which has no such symbol
// CHECK-NEXT: neither it nor a library of its exports _nothing
// CHECK-NEXT: _data: lies in segment __DATA, which is not executable
// CHECK-NEXT: has no LC_MAIN; a library's functions are run by --call
#ifndef LIBRARY
#include <stdio.h>
int answer(void);
int main(void) { printf("%d\n", answer()); }
#else
int data = 1;
#ifdef OTHER
int other(void) { return 42; }
#else
int answer(void) { return 42; }
#endif
#endif
