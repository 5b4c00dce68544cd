// Where an image promises a landing pad of every function that is called indirectly, one that lacks it is warned of: the
// loader hands out its address.
// REQUIRES: gcc, bfd, aarch64-gcc, x86_64-host
// RUN: gcc -O1 -fcf-protection=full -fPIC -shared -fuse-ld=bfd -Wl,-z,ibt %s -o %t.so
// RUN: %tool rewrite %t.so -o %t.out --export quiet --export loud 2>&1 | FileCheck %s --implicit-check-not="'loud': does not"
// CHECK: warning: {{.*}}.so: 'quiet': does not begin with `endbr64`, which the image promises of every function: where the processor checks indirect calls, calling it ends the program; put LINKNAME into its source
// RUN: sh -c '%tool rewrite %t.so -o %t.out --export "found=0x$(nm %t.so | sed -n "s/ . quiet//p")"' 2>&1 | FileCheck %s --check-prefix=ADDRESS
// ADDRESS: 'found': does not begin with `endbr64`
// RUN: %tool inspect %t.so | FileCheck %s --check-prefix=INSPECT
// INSPECT-DAG: static function {{.*}} quiet {{.*}}; does not begin with `endbr64`, which the image promises of every function
// INSPECT-DAG: static function {{.*}} loud {{.*}}kept its ABI{{$}}
// RUN: aarch64-linux-gnu-gcc -O1 -mbranch-protection=bti -fPIC -shared -Wl,-z,force-bti %s -o %t.so 2> %t.log
// RUN: %tool rewrite %t.so -o %t.out --export quiet --export loud 2>&1 | FileCheck %s --check-prefix=BTI --implicit-check-not="'loud': does not"
// BTI: 'quiet': does not begin with `bti c`
//
// Nothing is promised, nothing is missing.
// RUN: gcc -O1 -fcf-protection=none -fPIC -shared -fuse-ld=bfd %s -o %t.so
// RUN: %tool rewrite %t.so -o %t.out --export quiet 2>&1 | FileCheck %s --check-prefix=NONE
// NONE-NOT: does not begin
static __attribute__((noinline)) int quiet(int x) { return x + 1; }
static int loud(int x) { return x + 2; }
int (*const table[])(int) = {loud};
int use(int x) { return quiet(x) + quiet(x + 4); }
