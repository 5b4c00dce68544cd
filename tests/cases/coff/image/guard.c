// Control Flow Guard: a function that the linker did not list may be exported, and who calls it by address ends there.
// REQUIRES: clang-19, lld-link
// RUN: clang-19 --target=x86_64-pc-windows-msvc -O1 -Xclang -cfguard -c %s -o %t.obj
// RUN: lld-link /nologo /dll /noentry /guard:cf /debug:symtab %t.obj /out:%t.dll
// RUN: llvm-readobj --coff-load-config %t.dll | FileCheck --check-prefix=TABLE %s
// TABLE: GuardFidTable [
// RUN: %image-rewritten listed %t.dll %t.new.dll --export listed 2>&1 | FileCheck --check-prefix=LISTED %s
// LISTED-NOT: warning
// RUN: %image-rewritten left_out %t.dll %t.new.dll --export left_out 2>&1 | FileCheck --check-prefix=LEFT %s
// LEFT: warning: {{.*}}.dll: exports: 0x{{[0-9a-f]+}}: is not in the table of Control Flow Guard: a checked call by its address ends the process; take its address somewhere in the source, so that the linker lists it
// RUN: %tool inspect %t.dll | FileCheck --check-prefix=INSPECT %s
// INSPECT-DAG: static function {{.*}} listed {{.*}}kept its ABI{{$}}
// INSPECT-DAG: static function {{.*}} left_out {{.*}}; is not in the table of Control Flow Guard

// An image with code for two kinds of processors says so in the same place; the loader makes other tables of its tables.
// RUN: %image-form %t.dll %t.hybrid.dll --word config+0xC8=0x1234 && %exits 1 %tool rewrite %t.hybrid.dll --export listed 2>&1 | FileCheck --check-prefix=HYBRID %s
// HYBRID: load configuration: is an image for two kinds of processors (ARM64EC, ARM64X), whose tables linkname does not change
static int listed(int x) { return x + 1; }
static __attribute__((noinline)) int left_out(int x) { return x * 3; }
int (*const volatile table[])(int) = {listed};
__declspec(dllexport) int use(int x) { return table[0](left_out(x)) + left_out(x + 1); }
__asm__(".section .rdata,\"dr\"\n.globl _load_config_used\n.balign 8\n_load_config_used:\n.long 312\n.fill 124, 1, 0\n"
        ".quad __guard_fids_table\n.quad __guard_fids_count\n.long __guard_flags\n.fill 164, 1, 0\n"
        ".globl __guard_dispatch_icall_fptr\n__guard_dispatch_icall_fptr:\n.quad 0\n");
