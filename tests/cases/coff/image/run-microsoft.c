// A DLL by lld-link for MSVC: the new tables stand in the padding behind the constants, or where that is too small, in a
// section of their own.
// REQUIRES: clang-19, lld-link, mingw, wine
// RUN: x86_64-w64-mingw32-gcc -O1 %S/Inputs/call.c -o %t.call.exe
// RUN: clang-19 --target=x86_64-pc-windows-msvc -O1 -c %S/Inputs/library.c -o %t.obj
// RUN: lld-link /nologo /dll /noentry /debug:symtab %t.obj /out:%t.dll
// RUN: %image-rewritten "helper thrice uses use" %t.dll %t.new.dll --export helper --alias thrice=twice --rename use=uses 2> %t.err
// RUN: FileCheck --check-prefix=PADDING %s < %t.err
// PADDING: note: {{.*}}.dll: exports: {{[0-9]+}} bytes at 0x{{[0-9a-f]+}}, in the padding behind a section
// RUN: %wine %t.call.exe %t.new.dll use=1 uses=1 thrice=21 twice=21 counter@ helper=7 '#1@' '#2=4' '#3=1' | FileCheck %s
// RUN: python3 -c "for i in range(40): print(f'alias many_more_names_for_one_function_{i} other')" > %t.rules
// RUN: %image-rewritten "helper thrice uses use many*" %t.dll %t.own.dll --export helper --alias thrice=twice --rename use=uses --rules %t.rules 2> %t.err
// RUN: FileCheck --check-prefix=OWN %s < %t.err
// OWN: note: {{.*}}.dll: exports: {{[0-9]+}} bytes at 0x{{[0-9a-f]+}}, in a new section, .edata
// RUN: %wine %t.call.exe %t.own.dll use=1 uses=1 thrice=21 twice=21 counter@ helper=7 '#1@' '#2=4' '#3=1' many_more_names_for_one_function_39=3 | FileCheck --check-prefixes=CHECK,MANY %s
// CHECK: use: nowhere
// CHECK-NEXT: uses(1): 500
// CHECK-NEXT: thrice(21): 42
// CHECK-NEXT: twice(21): 42
// CHECK-NEXT: counter: 5
// CHECK-NEXT: helper(7): 507
// CHECK-NEXT: #1: 5
// CHECK-NEXT: #2(4): 8
// CHECK-NEXT: #3(1): 500
// MANY-NEXT: many_more{{.*}}(3): 2

// A second run finds its own section and grows in it.
// RUN: %image-rewritten "again" %t.own.dll %t.again.dll --alias again=twice 2>&1 | FileCheck --check-prefix=AGAIN %s
// AGAIN: exports: {{[0-9]+}} bytes at 0x{{[0-9a-f]+}}, where they were
// RUN: %wine %t.call.exe %t.again.dll again=4 helper=7 | FileCheck --check-prefix=TWICE %s
// TWICE: again(4): 8
// TWICE-NEXT: helper(7): 507

// GNU strip makes the headers lead to the section that is called .edata, which is why it is called so.
// RUN: x86_64-w64-mingw32-strip %t.again.dll && %wine %t.call.exe %t.again.dll again=4 helper=7 | FileCheck --check-prefix=TWICE %s
// RUN: x86_64-w64-mingw32-strip %t.new.dll && %wine %t.call.exe %t.new.dll use=1 uses=1 thrice=21 twice=21 counter@ helper=7 '#1@' '#2=4' '#3=1' | FileCheck %s
