// A prefix for three thousand exports in one command: the old names are gone, imports stay, and the functions are found.
// REQUIRES: mingw, wine
// RUN: x86_64-w64-mingw32-gcc -O1 %S/Inputs/call.c -o %t.call.exe
// RUN: python3 -c 'print("".join(f"__declspec(dllexport) int fn_{i}(int x) {{ return x + {i}; }}\n" for i in range(3000)))' > %t.c
// RUN: x86_64-w64-mingw32-gcc -O1 -shared %t.c -o %t.dll
// RUN: %tool rewrite %t.dll -o %t.new.dll --prefix v2_ --format json | FileCheck --check-prefix=SAID %s
// SAID: "name": "v2_fn_2999"
// RUN: %tool check %t.new.dll && %wine %t.call.exe %t.new.dll v2_fn_0=1 v2_fn_7=1 v2_fn_2999=1 | FileCheck %s
// CHECK: v2_fn_0(1): 1
// CHECK: v2_fn_7(1): 8
// CHECK: v2_fn_2999(1): 3000
// RUN: llvm-readobj --coff-exports --coff-imports %t.new.dll | FileCheck --check-prefix=NAMES --implicit-check-not="Name: fn_" %s
// NAMES-COUNT-3000: Name: v2_fn_
// RUN: llvm-readobj --coff-imports %t.dll > %t.imports && llvm-readobj --coff-imports %t.new.dll > %t.new.imports && sh -c 'tail -n +5 %t.imports > %t.1; tail -n +5 %t.new.imports > %t.2' && cmp %t.1 %t.2
