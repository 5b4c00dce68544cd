// Every processor: the platform's `_` stays in front, common symbols get new names and become private extern, and what
// is in front of no `_` gets the prefix there.
// REQUIRES: clang-19
// RUN: env CFLAGS=-fcommon %macho-kinds %s %t '%macho-rewritten $o $o.new --prefix z_ | FileCheck %s --check-prefix=EDITS && llvm-nm -m $o.new | FileCheck %s && %macho-rewritten $o $o.new --isolate=v2 --keep _open > /dev/null && llvm-nm -m $o.new | FileCheck %s --check-prefix=ISOLATE'
// EDITS-DAG: rename '_open' -> '_z_open'
// EDITS-DAG: rename '_common' -> '_z_common'
// EDITS-DAG: rename 'bare' -> 'z_bare'
// EDITS-DAG: rename '_weak' -> '_z_weak'
// CHECK-DAG: (undefined) external _outside
// CHECK-DAG: (common) {{.*}}external _z_common
// CHECK-DAG: external {{(\[Thumb\] )?}}_z_open
// CHECK-DAG: weak external {{(\[Thumb\] )?}}_z_weak
// ISOLATE-DAG: (undefined) external _outside
// ISOLATE-DAG: (common) {{.*}}private external _common.v2
// ISOLATE-DAG: {{[^e]}} external {{(\[Thumb\] )?}}_open
// ISOLATE-DAG: weak private external {{(\[Thumb\] )?}}_weak.v2
// ISOLATE-DAG: private external {{(\[Thumb\] )?}}bare.v2
int outside(void), common;
int bare(void) __asm__("bare");
int bare(void) { return 3; }
__attribute__((weak)) int weak(void) { return common; }
int open(void) { return outside() + weak() + bare(); }
