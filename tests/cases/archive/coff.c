// COFF libraries: both linker members, of which the second is sorted and knows each name once; GNU's for mingw; members
// without names; import libraries; what is not understood is refused.
// REQUIRES: clang-19, llvm-lib, llvm-ar-19
// RUN: rm -rf %t && mkdir %t && cd %t && printf odd > readme
// RUN: bash -ec 'for part in A B C; do clang-19 --target=x86_64-pc-windows-msvc -c -D$part %s -o $part.obj || exit 1; done'
// RUN: llvm-lib /nologo /out:x.lib A.obj B.obj C.obj && llvm-ar-19 qcs gnu.a A.obj readme B.obj C.obj
// RUN: bash -ec 'for edit in "--rename first=zz_last" "--rename second=a_name_that_is_longer_than_it_was" "--export quiet --unsafe quiet" \
// RUN:   "--alias _=first" "--localize first" "--weaken variable" "--rename dup=dup_both" "--rename A.obj:dup=once"         \
// RUN:   "--rename B.obj:dup=once" "--localize A.obj:dup" "--localize dup"; do for file in x.lib gnu.a; do                  \
// RUN:   %archive-rewritten $file out $edit > changed 2> errors || { echo "$edit"; cat errors; exit 1; };                  \
// RUN:   done; done'
/// Where another member defines the name too, the index goes on finding it there.
// RUN: %tool rewrite x.lib -o out --rename A.obj:dup=once && llvm-nm --print-armap out | FileCheck %s --check-prefix=ONCE
// ONCE: dup in B.obj
// ONCE: once in A.obj
// RUN: %tool rewrite x.lib -o out --rename B.obj:dup=once && llvm-nm --print-armap out | FileCheck %s --check-prefix=OTHER
// OTHER: dup in A.obj
// OTHER: once in B.obj
/// A member that no index spoke of gets its first name.
// RUN: %tool rewrite x.lib -o out --export quiet --unsafe quiet 2> errors && llvm-nm --print-armap out | FileCheck %s --check-prefix=QUIET
// QUIET: quiet in C.obj
/// Members of import libraries hold two names and no symbol table.
// RUN: printf 'LIBRARY d.dll\nEXPORTS\nimported\n' > d.def && llvm-lib /nologo /machine:x64 /def:d.def /out:d.lib
// RUN: %exits 1 %tool rewrite d.lib --rename imported=other 2>&1 | FileCheck %s --check-prefix=IMPORT
// IMPORT: error: d.lib(d.dll): is all that may hold 'imported': it is a member of an import library, and only objects are supported; a DLL's names
// RUN: %tool rewrite d.lib -o d.new && cmp d.lib d.new && %tool inspect d.lib 2>&1 | FileCheck %s --check-prefix=INSPECT
// INSPECT: note: d.lib(d.dll): is a member of an import library
/// The index of a library for ARM64EC.
// RUN: llvm-lib /nologo /machine:arm64ec /out:ec.lib A.obj && cp ec.lib ec.orig
// RUN: %exits 1 %tool rewrite ec.lib --rename first=a_longer_name_than_before 2>&1 | FileCheck %s --check-prefix=EC && cmp ec.lib ec.orig
// EC: error: ec.lib: member '/<ECSYMBOLS>/': holds a table of symbols in a form that linkname cannot rewrite; take the object out
#ifdef A
int first(void) { return 1; }
int dup(void) { return 2; }
int variable = 3;
#elif defined B
int first(void);
int dup(void) { return 4; }
int second(void) { return first(); }
#else
static int quiet(int x) { return x; }
static int (*volatile keep)(int) __attribute__((used)) = quiet;
#endif
