// On 32-bit ARM bit 0 of a function's address tells Thumb instructions from others. objdump leaves it out, and without it
// the function would be called as what it is not.
// REQUIRES: arm-gcc, qemu-arm
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: arm-linux-gnueabihf-gcc -mthumb -O1 -fPIC -shared %s -o whole.so && cp whole.so bare.so && arm-linux-gnueabihf-strip bare.so
// RUN: sh -c 'echo --export even=0x$(arm-linux-gnueabihf-nm whole.so | sed -n "s/ . quiet//p")' > even
// RUN: sh -c 'echo --export odd=0x$(readelf -sW whole.so | sed -n "s/.*: \([0-9a-f]*\) .* quiet$/\1/p")' > odd
// RUN: sh -c '%tool rewrite whole.so -o no.so $(cat even)' > refused 2>&1; FileCheck %s < refused
// CHECK: error: whole.so: 'even' = 0x{{.*}}: is where a Thumb function begins, and would be called as ARM code; the address of a Thumb function is the odd one: 0x{{[0-9a-f]*[13579bdf]$}}
// RUN: test ! -e no.so
// RUN: sh -c '%tool rewrite bare.so -o out.so $(cat even)' 2>&1 | FileCheck %s --check-prefix=WARNED
// WARNED: warning: bare.so: 'even' = 0x{{.*}}: is called as ARM code, and nothing shows that it is; the address of a Thumb function is the odd one
// RUN: sh -c '%tool rewrite bare.so -o out.so $(cat odd)' 2>&1 | FileCheck %s --check-prefix=ODD --implicit-check-not=warning
// ODD: export 'odd'
// RUN: arm-linux-gnueabihf-gcc -DCALL %s out.so -Wl,-rpath,%t -o call && qemu-arm -L /usr/arm-linux-gnueabihf ./call | FileCheck %s --check-prefix=CALLED
// CALLED: 42
#ifdef CALL
#include <stdio.h>
int odd(int x);
int main(void) { return printf("%d\n", odd(41)) != 3; }
#else
static int quiet(int x) { return x + 1; }
int (*const table[])(int) = {quiet};
#endif
