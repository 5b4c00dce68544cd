// llvm-objcopy 19 accepts a visibility for Mach-O and does nothing; it refuses to globalize and to localize, and has no
// second name by name; 14 refuses all of it.
// REQUIRES: clang-19, llvm-objcopy, llvm-19, llvm-objcopy-14, ld64.lld-19
// RUN: clang-19 -target x86_64-apple-macos11 -O0 -c %s -o %t.o
// RUN: llvm-objcopy --set-symbol-visibility=_inside=default --set-symbol-visibility=_foo=hidden %t.o %t.19 && cmp %t.o %t.19
// RUN: not llvm-objcopy --globalize-symbol=_helper %t.o %t.19
// RUN: not llvm-objcopy --localize-symbol=_foo %t.o %t.19
// RUN: not llvm-objcopy --add-symbol=_second=_foo %t.o %t.19
// RUN: not llvm-objcopy-14 --globalize-symbol=_helper %t.o %t.14
// RUN: not llvm-objcopy-14 --localize-symbol=_foo %t.o %t.14
// RUN: not llvm-objcopy-14 --weaken-symbol=_foo %t.o %t.14
// RUN: %macho-rewritten %t.o %t.new --export _inside --hide _foo --export _helper --alias _second=_bar --localize _gone
// RUN: ld64.lld-19 -arch x86_64 -platform_version macos 11.0 11.0 -dylib %t.new -o %t.dylib
// RUN: llvm-objdump --macho --exports-trie %t.dylib | FileCheck %s
// CHECK-NOT: {{_foo|_gone}}
// CHECK-DAG: _inside{{$}}
// CHECK-DAG: _helper{{$}}
// CHECK-DAG: _second{{$}}
// CHECK-NOT: {{_foo|_gone}}
static int helper(int x) { return x; }
__attribute__((visibility("hidden"))) int inside(int x) { return x + 1; }
int foo(int x) { return helper(x); }
int bar(int x) { return inside(x); }
int gone(int x) { return x + 2; }
