// A DLL by GNU ld: statics are found in its symbol table, the new tables stand where the old ones were, and programs find
// all that they found before.
// REQUIRES: mingw, wine
// RUN: x86_64-w64-mingw32-gcc -O1 %S/Inputs/call.c -o %t.call.exe
// RUN: x86_64-w64-mingw32-gcc -shared -O1 %S/Inputs/library.c -o %t.dll
// RUN: %image-rewritten "helper thrice uses use" %t.dll %t.new.dll --export helper --alias thrice=twice --rename use=uses 2> %t.err
// RUN: FileCheck --check-prefix=NOTE %s < %t.err
// NOTE: note: {{.*}}.dll: exports: {{[0-9]+}} bytes at 0x{{[0-9a-f]+}}, where they were
// RUN: %wine %t.call.exe %t.dll twice? counter? use=1 > %t.before
// RUN: %wine %t.call.exe %t.new.dll twice? counter? use=1 uses=1 thrice=21 twice=21 counter@ helper=7 '#1@' '#2=4' '#3=1' > %t.after
// RUN: head -2 %t.before > %t.old && head -2 %t.after | diff %t.old - && FileCheck %s < %t.after
// CHECK: use: nowhere
// CHECK-NEXT: uses(1): 500
// CHECK-NEXT: thrice(21): 42
// CHECK-NEXT: twice(21): 42
// CHECK-NEXT: counter: 5
// CHECK-NEXT: helper(7): 507
// CHECK-NEXT: #1: 5
// CHECK-NEXT: #2(4): 8
// CHECK-NEXT: #3(1): 500
