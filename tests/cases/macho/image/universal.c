// Universal files of images: the same static has another address in each slice, each slice is signed for itself and stays
// where its processor wants it.
// REQUIRES: macho-runner, llvm-lipo
// RUN: %macho-everywhere %t '                                                                                         \
// RUN:   $cc -O2 -dynamiclib -install_name libdemo.dylib %s -o $o.dylib'
// RUN: llvm-lipo -create %t.x86_64.14.dylib %t.arm64.19-fixup_chains.dylib -output %t.fat
// RUN: cp %t.fat %t.new && %tool rewrite %t.new --export _secret --alias _second=_plain --rename _gone=_here_now --unsafe _secret 2> /dev/null > %t.said
// RUN: FileCheck %s --check-prefix=SAID < %t.said
// SAID: [x86_64]: export '_secret'
// SAID: [arm64]: export '_secret'
// RUN: %same-image --names %t.fat %t.new | grep export | FileCheck %s
// CHECK: cpu-0x1000007 export - _gone
// CHECK-NEXT: cpu-0x1000007 export + _here_now
// CHECK-NEXT: cpu-0x1000007 export + _second
// CHECK-NEXT: cpu-0x1000007 export + _secret
// CHECK-NEXT: cpu-0x100000c export - _gone
// CHECK-NEXT: cpu-0x100000c export + _here_now
// CHECK-NEXT: cpu-0x100000c export + _second
// CHECK-NEXT: cpu-0x100000c export + _secret
// RUN: llvm-lipo -thin x86_64 %t.new -output %t.x86 && llvm-lipo -thin arm64 %t.new -output %t.arm
// RUN: bash -c '$MACHO_RUNNERS/macho-runner-x86_64 --call _secret %t.x86 4' | FileCheck %s --check-prefix=CALL
// RUN: bash -c 'qemu-aarch64 $MACHO_RUNNERS/macho-runner-arm64 --call _secret %t.arm 4' | FileCheck %s --check-prefix=CALL
// CALL: 5
// RUN: %tool check %t.new | FileCheck %s --check-prefix=LINT
// LINT: [x86_64]: macho-x86_64, its tables agree
// LINT: [arm64]: macho-arm64, its tables agree
/// What is somewhere else in each slice is not given a name by its address.
// RUN: %exits 1 %tool rewrite %t.new --export _x=0x1000 2>&1 | FileCheck %s --check-prefix=ADDRESS
// ADDRESS: an address is somewhere else in each of several images; rewrite them one by one
__attribute__((noinline)) static int secret(int x) { return x + 1; }
int plain(int x) { return secret(x) * 3; }
int gone(int x) { return plain(x) + 4; }
