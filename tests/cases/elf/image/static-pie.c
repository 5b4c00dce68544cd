// A program of which every address is the same, and one that moves itself: what a loader could look up is added where
// there is a table for it, and the program runs as before.
// REQUIRES: gcc, x86_64-host
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: gcc -static-pie -fPIE %s -o moved && gcc -no-pie -fno-pie %s -o fixed && gcc -pie -fPIE %s -o loaded
// RUN: %tool rewrite moved --export own && %tool rewrite fixed --export own && %tool rewrite loaded --export own
// RUN: %tool check moved fixed loaded
// RUN: ./moved | FileCheck %s && ./fixed | FileCheck %s && ./loaded | FileCheck %s
// CHECK: 41
// RUN: nm -D fixed | FileCheck %s --check-prefix=OWN && nm -D loaded | FileCheck %s --check-prefix=OWN
// RUN: nm -D moved | FileCheck %s --check-prefix=OWN
// OWN: T own
#include <stdio.h>
static int own(int x) { return x + 1; }
int (*volatile table[])(int) = {own};
int main(void) { return printf("%d\n", table[0](40)) != 3; }
