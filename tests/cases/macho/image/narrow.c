// Images of 32 bits (arm64_32, for watches): the same tables with shorter fields. Nothing here runs them.
// REQUIRES: clang-19, ld64.lld-19
// RUN: clang-19 -target arm64_32-apple-watchos6 -O1 -c %s -o %t.o
// RUN: ld64.lld-19 -arch arm64_32 -platform_version watchos 6.0 6.0 -dylib -undefined dynamic_lookup %t.o -o %t.dylib
// RUN: %tool check %t.dylib && %tool rewrite %t.dylib -o %t.same && cmp %t.dylib %t.same
// RUN: %tool rewrite %t.dylib -o %t.new --export _secret --alias _second=_first --hide _gone --rename _outside=_elsewhere
// RUN: %tool check %t.new && %same-image --names %t.dylib %t.new | FileCheck %s
// CHECK: export - _gone
// CHECK-NEXT: export + _second
// CHECK-NEXT: export + _secret
// CHECK-NEXT: import - _outside
// CHECK-NEXT: import + _elsewhere
// CHECK-NEXT: symbol - external _gone
// CHECK-NEXT: symbol - local _secret
// CHECK-NEXT: symbol - undefined _outside
// CHECK-NEXT: symbol + external _second
// CHECK-NEXT: symbol + external _secret
// CHECK-NEXT: symbol + local _gone
// CHECK-NEXT: symbol + undefined _elsewhere
// CHECK-NOT: {{.}}
// RUN: llvm-objdump --macho --exports-trie %t.new | FileCheck %s --check-prefix=TRIE
// TRIE: _pointer
// TRIE: _second
// TRIE: _secret
// RUN: llvm-nm -m %t.new | FileCheck %s --check-prefix=NAMES
// NAMES: undefined) external _elsewhere
int outside(int);
static int secret(int x) { return outside(x) + 1; }
int (*pointer)(int) = secret;
int first(int x) { return secret(x); }
int gone(int x) { return secret(x) + 2; }
