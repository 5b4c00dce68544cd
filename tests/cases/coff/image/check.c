// `check` holds the tables of an image against each other, and a rewrite leaves nothing in more disorder than it was.
// REQUIRES: clang-19, lld-link, mingw
// RUN: clang-19 --target=x86_64-pc-windows-msvc -O1 -c %S/Inputs/library.c -o %t.obj
// RUN: lld-link /nologo /dll /noentry %t.obj /out:%t.dll
// RUN: %tool check %t.dll | FileCheck --check-prefix=AGREE %s
// AGREE: pe-x86-64, its tables agree

// RUN: %image-form %t.dll %t.1.dll --word names[0]=0x9000000 && %exits 3 %tool check %t.1.dll 2>&1 | FileCheck --check-prefix=NAME %s
// NAME: exports[0]: its name does not end in the file
// RUN: %image-form %t.dll %t.2.dll --word ordinals[0]=0x00010003 && %exits 1 %tool check %t.2.dll 2>&1 | FileCheck --check-prefix=ORDINAL %s
// ORDINAL: exports[0]: the name has an ordinal that is not in the table
// RUN: %image-form %t.dll %t.3.dll --word slots[1]=0x900000 && %exits 1 %tool check %t.3.dll 2>&1 | FileCheck --check-prefix=SLOT %s
// SLOT: export slot 1: leads to no section
// RUN: %image-form %t.dll %t.4.dll --word exports+16=65534 && %exits 1 %tool check %t.4.dll 2>&1 | FileCheck --check-prefix=MANY %s
// MANY: exports: there are more than 65536 ordinals
// RUN: %exits 1 %tool rewrite %t.4.dll -o %t.not --export new=0x180001000 2>&1 | FileCheck --check-prefix=ORDINALS %s
// ORDINALS: exports: there would be more than 65536 ordinals
// RUN: %image-form %t.dll %t.5.dll --word optional+56=0x9000 && %exits 1 %tool check %t.5.dll 2>&1 | FileCheck --check-prefix=SIZE %s
// SIZE: optional header: SizeOfImage is not where the last section ends
// RUN: %image-form %t.dll %t.6.dll --word optional+64=0x1234 && %exits 1 %tool check %t.6.dll 2>&1 | FileCheck --check-prefix=SUM %s
// SUM: optional header: CheckSum is not that of the file
// RUN: %image-form %t.dll %t.7.dll --word section[0]+8=0x1800 && %exits 1 %tool check %t.7.dll 2>&1 | FileCheck --check-prefix=OVERLAP %s
// OVERLAP: section [2] {{.*}}: begins before the one in front of it ends
// RUN: %image-form %t.dll %t.8.dll --word directory[4]+0=0x900 --word directory[4]+4=0x7fff && %exits 1 %tool check %t.8.dll 2>&1 | FileCheck --check-prefix=SIGNED %s
// SIGNED: certificates: reach past the end of the file
// RUN: %image-form %t.dll %t.9.dll --word directory[1]+0=0x70001 --word directory[1]+4=40 && %exits 3 %tool check %t.9.dll 2>&1 | FileCheck --check-prefix=IMPORTS %s
// IMPORTS: imports: the directory does not end in the file
// RUN: %image-form %t.dll %t.10.dll --word section[0]+20=0x7fffffff && %exits 3 %tool check %t.10.dll 2>&1 | FileCheck --check-prefix=SECTION %s
// SECTION: section [1] .text: reaches past the end of the file
// RUN: %image-form %t.dll %t.11.dll --word optional+0=0x10b && %exits 3 %tool check %t.11.dll 2>&1 | FileCheck --check-prefix=FORM %s
// FORM: optional header: is not of the form that its machine has

// Names in the wrong order: the loader would not find them. They are put in order as soon as the table is written.
// RUN: python3 -c "d = open('%t.dll', 'rb').read(); open('%t.12.dll', 'wb').write(d.replace(b'counter\0', b'zounter\0'))"
// RUN: %exits 1 %tool check %t.12.dll 2>&1 | FileCheck --check-prefix=ORDER %s
// ORDER: exports[1]: the name is not in order, and the loader does not find it
// RUN: %tool rewrite %t.12.dll -o %t.13.dll --alias new=twice && %tool check %t.13.dll | FileCheck --check-prefix=AGREE %s

// The loader's table of imports repeats the names.
// RUN: x86_64-w64-mingw32-gcc -O1 %S/Inputs/call.c -o %t.exe && %tool check %t.exe | FileCheck --check-prefix=AGREE %s
// RUN: python3 %S/Inputs/spoil_imports.py %t.exe %t.15.exe && %exits 1 %tool check %t.15.exe 2>&1 | FileCheck --check-prefix=TABLES %s
// TABLES: imports[0]: the two tables of its library do not agree

// A DOS program, and what only begins like an image.
// RUN: head -c 100 %t.dll > %t.16.dll && %exits 3 %tool check %t.16.dll 2>&1 | FileCheck --check-prefix=DOS %s
// DOS: DOS header: leads to no PE header: a DOS program, or a damaged image
