// A linked library: llvm-objcopy changes the symbol table, which no loader reads, and says nothing.
// REQUIRES: clang-19, llvm-objcopy, llvm-objcopy-14, ld64.lld-19
// RUN: clang-19 -target arm64-apple-macos11 -O1 -c %s -o %t.o
// RUN: ld64.lld-19 -arch arm64 -platform_version macos 11.0 11.0 -dylib -undefined dynamic_lookup %t.o -o %t.dylib
// RUN: llvm-objcopy-14 --redefine-sym=_foo=_x --redefine-sym=_outside=_y %t.dylib %t.14
// RUN: llvm-objcopy --redefine-sym=_foo=_x --redefine-sym=_outside=_y %t.dylib %t.19
// RUN: llvm-objdump --macho --exports-trie --bind --lazy-bind %t.14 | FileCheck %s --check-prefix=STALE
// RUN: llvm-objdump --macho --exports-trie --bind --lazy-bind %t.19 | FileCheck %s --check-prefix=STALE
// STALE: _foo
// STALE: _outside
// RUN: %tool rewrite %t.dylib -o %t.new --rename _foo=_x --rename _outside=_y --alias _second=_bar --export _secret --unsafe _secret
// RUN: llvm-objdump --macho --exports-trie --bind --lazy-bind %t.new | FileCheck %s --check-prefix=NEW
// NEW-NOT: _foo
// NEW: _x
// NEW-NOT: _outside
// NEW: _y
// RUN: not llvm-objcopy --globalize-symbol=_secret %t.dylib %t.19
// RUN: llvm-objcopy --redefine-sym=_nothing=_x %t.dylib %t.19
// RUN: %exits 1 %tool rewrite %t.dylib --rename _nothing=_x 2>&1 | FileCheck %s --check-prefix=MISSING
// MISSING: there is no symbol '_nothing' in
// RUN: llvm-objcopy %t.dylib %t.19 && not cmp %t.dylib %t.19 && %tool rewrite %t.dylib -o %t.same && cmp %t.dylib %t.same
int outside(int);
__attribute__((noinline)) static int secret(int x) { return outside(x) + 1; }
int foo(int x) { return secret(x); }
int bar(int x) { return secret(x) + 2; }
