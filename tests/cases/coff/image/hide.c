// A name that is hidden leaves its slot, so no ordinal changes; exported again, it leads there again.
// REQUIRES: clang-19, lld-link, mingw, wine
// RUN: x86_64-w64-mingw32-gcc -O1 %S/Inputs/call.c -o %t.call.exe
// RUN: x86_64-w64-mingw32-gcc -shared -O1 %S/Inputs/library.c -o %t.dll
// RUN: %image-rewritten "twice" %t.dll %t.new.dll --hide twice 2>&1 | FileCheck --check-prefix=NOTE %s
// NOTE: note: {{.*}}.dll: exports[1]: has no name any more; who imports ordinal 2 still gets it
// RUN: %wine %t.call.exe %t.new.dll twice? counter@ use=1 '#2=4' | FileCheck %s
// CHECK: twice: nowhere
// CHECK-NEXT: counter: 5
// CHECK-NEXT: use(1): 500
// CHECK-NEXT: #2(4): 8
// RUN: %image-rewritten "twice" %t.new.dll %t.again.dll --export twice && llvm-readobj --coff-exports %t.dll > %t.old && llvm-readobj --coff-exports %t.again.dll > %t.now
// RUN: grep -v '^File' %t.old > %t.a && grep -v '^File' %t.now | diff %t.a -
