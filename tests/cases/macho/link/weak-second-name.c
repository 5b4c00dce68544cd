// The second name of a weak definition is an ordinary one. When another object's copy is kept, lld 14 leaves this
// object's code under the second name, lld 19 moves the name to the copy that was kept; neither leaves it undefined.
// REQUIRES: clang-19, ld64.lld-19, ld64.lld-14
// RUN: bash -ec 'for arch in x86_64 arm64; do \
// RUN:   clang-19 -target $arch-apple-macos11 -O1 -ffreestanding -c %s -o %t.one.o; \
// RUN:   clang-19 -target $arch-apple-macos11 -O1 -ffreestanding -c %s -o %t.two.o -DOTHER; \
// RUN:   %macho-rewritten %t.one.o %t.one.new --alias _second=_maybe --strict; \
// RUN:   for linker in ld64.lld-14 ld64.lld-19; do for order in "%t.one.new %t.two.o" "%t.two.o %t.one.new"; do \
// RUN:     $linker -arch $arch -platform_version macos 11.0 11.0 -dylib $order -o %t.dylib; \
// RUN:     llvm-nm -m %t.dylib > %t.nm; FileCheck %s < %t.nm; \
// RUN:   done; done; done'
// CHECK: (__TEXT,__text) weak external _maybe
// CHECK: (__TEXT,__text) external _second
#ifndef OTHER
__attribute__((weak, noinline)) int maybe(int x) { return x + 111; }
#else
int second(int);
__attribute__((weak, noinline)) int maybe(int x) { return x + 222; }
int user(int x) { return second(x) + maybe(x); }
#endif
