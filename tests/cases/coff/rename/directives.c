// What .drectve says about a symbol follows its name: exports, exclusions, alternate names, the alignment of common
// symbols; in GCC's, Clang's and cl.exe's spelling. The section grows, and its symbol says so.
// REQUIRES: mingw, i686-mingw, clang-19
// RUN: clang-19 --target=x86_64-pc-windows-msvc -w -DPRAGMAS -c %s -o %t.o
// RUN: %rewritten %t.o %t.new --rename f=exported_function --rename v=exported_variable --rename kept=really_kept --rename a=aa --rename b=bb --rename guarded=is_guarded
// RUN: llvm-readobj --string-dump=.drectve %t.new | FileCheck %s --check-prefix=MSVC
// RUN: llvm-readobj --sections --symbols %t.new | FileCheck %s --check-prefix=AUX
// MSVC: /INCLUDE:really_kept /ALTERNATENAME:aa=bb "/GUARDSYM:is_guarded,S" /export:other=exported_function,@3 /merge:f=v
// MSVC-SAME: /EXPORT:exported_function /EXPORT:s /EXPORT:q /EXPORT:exported_variable,DATA
// AUX:      Name: .drectve
// AUX:      RawDataSize: [[SIZE:[0-9]+]]
// AUX:      Name: .drectve
// AUX:      AuxSectionDef {
// AUX-NEXT:   Length: [[SIZE]]
//
// RUN: clang-19 --target=i686-pc-windows-msvc -w -c %s -o %t.o
// RUN: %rewritten %t.o %t.new --rename _f=_exported_function --rename _v=_exported_variable --rename _s@4=_stdcall@4 --rename @q@4=@fast@4
// RUN: llvm-readobj --string-dump=.drectve %t.new | FileCheck %s --check-prefix=MSVC32
// MSVC32: /EXPORT:_exported_function /EXPORT:"_stdcall@4" /EXPORT:"@fast@4" /EXPORT:_exported_variable,DATA
//
// RUN: x86_64-w64-mingw32-gcc -w -c %s -o %t.o
// RUN: %rewritten %t.o %t.new --rename f=exported_function --rename v=exported_variable --rename common=common_storage
// RUN: llvm-readobj --string-dump=.drectve %t.new | FileCheck %s --check-prefix=GNU
// GNU-DAG: -aligncomm:"common_storage",6
// GNU-DAG: -export:"exported_function"
// GNU-DAG: -export:"exported_variable",data
//
// RUN: i686-w64-mingw32-gcc -w -c %s -o %t.o
// RUN: %rewritten %t.o %t.new --rename _f=_exported_function --rename _v=_exported_variable --rename _common=_common_storage --rename _s@4=_stdcall@4 --rename @q@4=@fast@4
// RUN: llvm-readobj --string-dump=.drectve %t.new | FileCheck %s --check-prefix=GNU32
// RUN: %exits 1 %tool rewrite %t.o --rename _f=no_prefix 2>&1 | FileCheck %s --check-prefix=REFUSED
// GNU32-DAG: -aligncomm:"_common_storage",6
// GNU32-DAG: -export:"exported_function"
// GNU32-DAG: -export:"exported_variable",data
// GNU32-DAG: -export:"stdcall@4"
// GNU32-DAG: -export:"@fast@4"
// REFUSED: error: {{.*}}: .drectve: repeats the name '_f', and 'no_prefix' cannot be written in its place
//
// RUN: clang-19 --target=x86_64-w64-mingw32 -w -c %s -o %t.o
// RUN: %rewritten %t.o %t.new --rename "f=ns::exported function" --rename v=exported_variable --rename hidden=hidden_function
// RUN: llvm-readobj --string-dump=.drectve %t.new | FileCheck %s --check-prefix=CLANG
// RUN: %exits 1 %tool rewrite %t.o --rename "f=a,b" 2>&1 | FileCheck %s --check-prefix=COMMA
// CLANG-DAG: -export:"ns::exported function"
// CLANG-DAG: -export:exported_variable,data
// CLANG-DAG: -exclude-symbols:hidden_function
// COMMA: .drectve: repeats the name 'f', and 'a,b' cannot be written in its place; choose a name without quotes
//
// What is exported cannot be made local.
// RUN: %exits 1 %tool rewrite %t.o --localize f 2>&1 | FileCheck %s --check-prefix=LOCAL
// LOCAL: 'f': is exported from the DLL by an option in .drectve, and cannot be made local; take `dllexport` from its definition
#ifdef PRAGMAS
#pragma comment(linker, "/INCLUDE:kept")
#pragma comment(linker, "/ALTERNATENAME:a=b")
#pragma comment(linker, "\"/GUARDSYM:guarded,S\"")
#pragma comment(linker, "/export:other=f,@3")
#pragma comment(linker, "/merge:f=v")
int kept, a, b;
void guarded(void) {}
#endif
__declspec(dllexport) int f(int x) { return x; }
__declspec(dllexport) int v = 3;
__declspec(dllexport) int __stdcall s(int x) { return x; }
__declspec(dllexport) int __fastcall q(int x) { return x; }
__attribute__((visibility("hidden"))) int hidden(int x) { return x; }
__attribute__((common, aligned(64))) int common;
