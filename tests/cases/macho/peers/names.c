// Renaming: right with everybody who can read the format; a name that is not there is passed over in silence by the
// objcopies, and one that is there already is written twice.
// REQUIRES: clang-19, llvm-objcopy, llvm-objcopy-14, ld64.lld-19
// RUN: clang-19 -target arm64-apple-macos11 -O1 -c %s -o %t.o
// RUN: llvm-objcopy-14 --redefine-sym=_foo=_x %t.o %t.14 && llvm-nm %t.14 | FileCheck %s --check-prefix=RENAMED
// RUN: llvm-objcopy --redefine-sym=_foo=_x %t.o %t.19 && llvm-nm %t.19 | FileCheck %s --check-prefix=RENAMED
// RUN: %macho-rewritten %t.o %t.new --rename _foo=_x && llvm-nm %t.new | FileCheck %s --check-prefix=RENAMED
// RENAMED: T _x
// RUN: llvm-objcopy-14 --redefine-sym=_nothing=_x %t.o %t.14 && cmp %t.o %t.14
// RUN: llvm-objcopy --redefine-sym=_nothing=_x %t.o %t.19 && cmp %t.o %t.19
// RUN: %exits 1 %tool rewrite %t.o --rename _nothing=_x 2>&1 | FileCheck %s --check-prefix=MISSING
// MISSING: error: --rename: there is no symbol '_nothing' in
// RUN: llvm-objcopy-14 --redefine-sym=_foo=_bar %t.o %t.14 && llvm-nm %t.14 | FileCheck %s --check-prefix=TWICE
// RUN: llvm-objcopy --redefine-sym=_foo=_bar %t.o %t.19 && llvm-nm %t.19 | FileCheck %s --check-prefix=TWICE
// RUN: not ld64.lld-19 -arch arm64 -platform_version macos 11.0 11.0 -dylib %t.19 -o %t.dylib
// TWICE-COUNT-2: T _bar
// RUN: %exits 1 %tool rewrite %t.o --rename _foo=_bar 2>&1 | FileCheck %s --check-prefix=TAKEN
// TAKEN: cannot be renamed to '_bar', which is defined here already
// RUN: llvm-objcopy-14 %t.o %t.14 && cmp %t.o %t.14 && llvm-objcopy %t.o %t.19 && cmp %t.o %t.19
// RUN: %tool rewrite %t.o -o %t.new && cmp %t.o %t.new
int foo(void) { return 1; }
int bar(void) { return 2; }
