// What makes no sense in a linked image, or would spoil it, is refused, and nothing is written.
// REQUIRES: mingw
// RUN: x86_64-w64-mingw32-gcc -shared -O1 %S/Inputs/library.c -o %t.dll -Wl,--image-base=0x180000000 && cp %t.dll %t.copy
// RUN: %exits 1 %tool rewrite %t.dll --weaken twice 2>&1 | FileCheck --check-prefix=WEAK %s
// WEAK: exports[1] 'twice': cannot be made weak in a linked image of this format; weaken it in the object
// RUN: %exits 1 %tool rewrite %t.dll --localize twice 2>&1 | FileCheck --check-prefix=LOCAL %s
// LOCAL: exports[1] 'twice': is in a linked image, where whatever is not exported is local; use --hide
// RUN: %exits 1 %tool rewrite %t.dll --rename helper=other_helper 2>&1 | FileCheck --check-prefix=PRIVATE %s
// PRIVATE: 'helper': is not exported, so nobody outside speaks of it by name; use --export, or --alias NEW=OLD to export it under another name
// RUN: %exits 1 %tool rewrite %t.dll --alias twice=use 2>&1 | FileCheck --check-prefix=TAKEN %s
// TAKEN: cannot be made known as 'twice', which is defined here already: exports[1] 'twice'
// RUN: %exits 1 %tool rewrite %t.dll --export x=0x1000 2>&1 | FileCheck --check-prefix=BELOW %s
// BELOW: --export: 0x1000 is outside the image, which begins at 0x180000000; an address is what dumpers print: the image's base is part of it
// RUN: %exits 1 %tool rewrite %t.dll --export x=0x18fff0000 2>&1 | FileCheck --check-prefix=NOWHERE %s
// NOWHERE: --export: address 0x18fff0000 is in no section
// RUN: %exits 1 %tool rewrite %t.dll --export twice=0x180001010 2>&1 | FileCheck --check-prefix=THERE %s
// THERE: --export: 'twice' is there already
// RUN: %exits 1 %tool rewrite %t.dll --export twize 2>&1 | FileCheck --check-prefix=NEAR %s
// NEAR: 'twize'
// NEAR: twice
// RUN: x86_64-w64-mingw32-strip %t.dll -o %t.bare.dll && %exits 1 %tool rewrite %t.bare.dll --alias other=VirtualQuery 2>&1 | FileCheck --check-prefix=IMPORT %s
// IMPORT: imports[{{[0-9]+}}] 'VirtualQuery': is only declared here; there is nothing here to give a second name to
// RUN: cmp %t.dll %t.copy

// GNU ld's symbols name the jump to an import as well, and that is a function like any other.
// RUN: %image-rewritten other %t.dll %t.new.dll --alias other=VirtualQuery

// An image may export what it also imports: a loader keeps them apart.
// RUN: %image-rewritten VirtualQuery %t.dll %t.new.dll --export VirtualQuery=0x180001010
// RUN: %image-rewritten "VirtualQuery twice" %t.dll %t.new.dll --rename VirtualQuery=twice
// RUN: %tool rewrite %t.dll --dry-run --export helper 2>&1 | FileCheck --check-prefix=DRY %s && cmp %t.dll %t.copy
// DRY: exports: {{[0-9]+}} bytes at 0x180
