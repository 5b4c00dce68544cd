// What happens where there is no room, or something behind the sections that nobody knows.
// REQUIRES: clang-19, lld-link, mingw, wine
// RUN: x86_64-w64-mingw32-gcc -O1 %S/Inputs/call.c -o %t.call.exe
// RUN: python3 -c "for i in range(40): print(f'alias many_more_names_for_one_function_{i} twice')" > %t.rules
// RUN: clang-19 --target=x86_64-pc-windows-msvc -O1 -c %S/Inputs/library.c -o %t.obj
// RUN: lld-link /nologo /dll /noentry %t.obj /out:%t.dll

// RUN: %image-form %t.dll %t.full.dll --no-header-room && %image-rewritten new %t.full.dll %t.new.dll --alias new=twice
// RUN: %exits 1 %tool rewrite %t.full.dll -o %t.not.dll --rules %t.rules 2>&1 | FileCheck --check-prefix=FULL %s && not ls %t.not.dll
// FULL: section table: the new tables need a section of their own, and there is no room for its header; link the image with room to spare, or ask for shorter names

// RUN: %image-form %t.dll %t.overlay.dll --overlay && %image-rewritten new %t.overlay.dll %t.new.dll --alias new=twice 2>&1 | FileCheck --check-prefix=QUIET %s
// QUIET-NOT: overlay:
// RUN: %image-rewritten 'many*' %t.overlay.dll %t.new.dll --rules %t.rules 2>&1 | FileCheck --check-prefix=OVERLAY %s
// OVERLAY: warning: {{.*}}.dll: overlay: 24 bytes behind the sections are of no known kind; they are kept and move by {{[0-9]+}} bytes; a program that finds them by their distance from the begin of the file does not find them any more
// RUN: tail -c 24 %t.new.dll | grep -q 'what an installer brings' && %wine %t.call.exe %t.new.dll many_more_names_for_one_function_7=2 | FileCheck %s
// CHECK: many_more{{.*}}(2): 4

// GNU ld's symbols stand behind the sections, move with them, and are read at their new place.
// RUN: x86_64-w64-mingw32-gcc -g -shared -O1 %S/Inputs/library.c -o %t.gnu.dll
// RUN: %image-rewritten 'many*' %t.gnu.dll %t.new.dll --rules %t.rules 2>&1 | FileCheck --check-prefix=KNOWN %s
// KNOWN-NOT: overlay:
// KNOWN: in a new section, .edata
// KNOWN-NOT: overlay:
// RUN: llvm-nm %t.gnu.dll > %t.old && llvm-nm %t.new.dll | diff %t.old - && %image-rewritten helper %t.new.dll %t.two.dll --export helper
// RUN: %wine %t.call.exe %t.two.dll helper=2 many_more_names_for_one_function_7=2 | FileCheck --check-prefix=TWO %s
// TWO: helper(2): 502
// TWO-NEXT: many_more{{.*}}(2): 4
// RUN: x86_64-w64-mingw32-strip %t.two.dll -o %t.stripped.dll && %wine %t.call.exe %t.stripped.dll helper=2 many_more_names_for_one_function_7=2 | FileCheck --check-prefix=TWO %s

// RUN: %image-form %t.gnu.dll %t.cut.dll --longer-section --checksum
// RUN: %exits 3 %tool rewrite %t.cut.dll -o %t.not.dll --rules %t.rules 2>&1 | FileCheck --check-prefix=CUT %s && not ls %t.not.dll
// CUT: section table: something begins in the last section and ends behind it, at file offset 0x

// Debug information that the headers point to by file offset follows.
// RUN: lld-link /nologo /dll /noentry /debug /build-id %t.obj /out:%t.pdb.dll && %image-rewritten 'many*' %t.pdb.dll %t.new.dll --rules %t.rules
// RUN: llvm-readobj --coff-debug-directory %t.new.dll | FileCheck --check-prefix=PDB %s
// PDB: PDBSignature: 0x53445352
