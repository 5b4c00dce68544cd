// Statics of one name are told apart by their source file or by their place in the table; a private function that nothing
// shows the ABI of is exported with a warning, and with --strict not at all.
// REQUIRES: mingw, wine
// RUN: x86_64-w64-mingw32-gcc -O1 %S/Inputs/call.c -o %t.call.exe
// RUN: mkdir -p %t.d && cp %s %t.d/first.c && cp %s %t.d/second.c
// RUN: x86_64-w64-mingw32-gcc -O1 -c -DUSE=use1 -DADD=1 %t.d/first.c -o %t.1.o && x86_64-w64-mingw32-gcc -O1 -c -DUSE=use2 -DADD=2 %t.d/second.c -o %t.2.o
// RUN: x86_64-w64-mingw32-gcc -shared %t.1.o %t.2.o -o %t.dll
// RUN: %exits 1 %tool rewrite %t.dll -o %t.not.dll --export same 2>&1 | FileCheck --check-prefix=WHICH %s
// WHICH: 'same' could be any of these; say which
// WHICH-NEXT: symbols[{{[0-9]+}}] 'same' (first.c, 0x{{[0-9a-f]+}})
// WHICH-NEXT: symbols[{{[0-9]+}}] 'same' (second.c, 0x{{[0-9a-f]+}})
// RUN: %image-rewritten "same other" %t.dll %t.new.dll --export second.c:same --alias other=first.c:same
// RUN: %wine %t.call.exe %t.new.dll same=5 other=5 use1=5 use2=5 | FileCheck %s
// CHECK: same(5): 7
// CHECK-NEXT: other(5): 6

// RUN: %tool inspect %t.dll | FileCheck --check-prefix=VERDICT %s
// VERDICT-DAG: static {{ *}}function {{.*}} same  [first.c]  safe: data of this file holds its address
// VERDICT-DAG: static {{ *}}function {{.*}} visible1  safe: other objects of the link could use it, so the compiler kept its ABI
// VERDICT-DAG: static {{ *}}function {{.*}} direct  [first.c]  unverifiable
// RUN: %tool rewrite %t.dll -o %t.new.dll --export first.c:direct 2>&1 | FileCheck --check-prefix=WARNS %s
// WARNS: warning: {{.*}} 'direct': its ABI cannot be verified
// RUN: %exits 1 %tool rewrite %t.dll -o %t.not.dll --strict --export first.c:direct && not ls %t.not.dll
#if ADD == 1
int visible1(int x) { return x; }
#endif
static int same(int x) { return x + ADD; }
static __attribute__((noinline)) int direct(int x) { return x * ADD + 3; }
static int (*const volatile table[])(int) = {same};
__declspec(dllexport) int USE(int x) { return table[0](x) + direct(x) * direct(x + 1); }
