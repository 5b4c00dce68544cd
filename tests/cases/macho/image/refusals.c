// What is refused in linked images, by name and with nothing written.
// REQUIRES: clang-19, ld64.lld-19
// RUN: rm -rf %t && mkdir %t && cd %t && clang-19 -target x86_64-apple-macos11 -O1 -c %s -o a.o
// RUN: ld64.lld-19 -arch x86_64 -platform_version macos 11.0 11.0 -dylib -undefined dynamic_lookup a.o -o a.dylib && cp a.dylib kept
// RUN: %exits 1 %tool rewrite a.dylib --localize _first 2>&1 | FileCheck %s --check-prefix=LOCALIZE
// LOCALIZE: LC_SYMTAB[{{[0-9]+}}] '_first': is in a linked image, where whatever is not exported is local; use --hide
// RUN: %exits 1 %tool rewrite a.dylib --weaken _first 2>&1 | FileCheck %s --check-prefix=WEAKEN
// WEAKEN: cannot be made weak in a linked image of this format
// RUN: %exits 1 %tool rewrite a.dylib --rename _secret=_other 2>&1 | FileCheck %s --check-prefix=STATIC
// STATIC: '_secret': is not exported, so nobody outside speaks of it by name
// RUN: %exits 1 %tool rewrite a.dylib --rename _first=_second 2>&1 | FileCheck %s --check-prefix=TAKEN
// TAKEN: cannot be known as '_second', which this image exports already
// RUN: %exits 1 %tool rewrite a.dylib --rename _first=_wanted 2>&1 | FileCheck %s --check-prefix=IMPORTED
// IMPORTED: cannot be known as '_wanted', which this image imports already
// RUN: %exits 1 %tool rewrite a.dylib --export _wanted 2>&1 | FileCheck %s --check-prefix=UNDEFINED
// UNDEFINED: '_wanted': is only declared here
// RUN: %exits 1 %tool rewrite a.dylib --export '_variable$tlv$init' --unsafe '_variable$tlv$init' 2>&1 | FileCheck %s --check-prefix=TLV
// TLV: is what a thread-local variable begins with, and not the variable
// RUN: %exits 1 %tool rewrite a.dylib --export _x=0x10 2>&1 | FileCheck %s --check-prefix=NOWHERE
// NOWHERE: --export '_x': 0x10 is in no section of this image
// RUN: bash -c '%exits 1 %tool rewrite a.dylib --export _x=0x$(llvm-nm a.dylib | sed -n "s/ T _first//p"):0x100000 2>&1' | FileCheck %s --check-prefix=LONG
// LONG: reaches past the end of section [1] __TEXT,__text
/// What is behind the image would be lost, or be in the way.
// RUN: cp a.dylib behind && echo payload >> behind && %exits 1 %tool rewrite behind --alias _a=_first 2>&1 | FileCheck %s --check-prefix=BEHIND
// BEHIND: __LINKEDIT: does not end with the file, so it cannot grow
// RUN: %tool check behind | FileCheck %s --check-prefix=LINT
// LINT: warning: {{.*}}__LINKEDIT: does not end with the file
/// A load command that may lead to a table in a form that nobody here knows; LC_UUID becomes one.
// RUN: %patch-macho command a.dylib unknown 1b 7777
// RUN: %exits 1 %tool rewrite unknown --alias _a=_first 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: load command 0x7777: may lead to a table in a form that linkname does not know
/// Other kinds of linked images, and those of big-endian processors.
// RUN: %patch-macho type a.dylib linker 7 && %exits 3 %tool rewrite linker --alias _a=_first 2>&1 | FileCheck %s --check-prefix=KIND
// KIND: Mach-O header: this is a linked image of a kind that is not supported
// RUN: printf '\376\355\372\316\0\0\0\022\0\0\0\0\0\0\0\006\0\0\0\0\0\0\0\0\0\0\0\0' > ppc && %exits 3 %tool rewrite ppc --alias _a=_first 2>&1 | FileCheck %s --check-prefix=BIG
// BIG: Mach-O header: is a linked image of a big-endian processor
// RUN: cmp a.dylib kept
/// The same edits twice: the second time there is nothing to do.
// RUN: %tool rewrite a.dylib --alias _third=_first --export _secret --unsafe _secret --hide _second && cp a.dylib kept
// RUN: %tool rewrite a.dylib --alias _third=_first --export _secret --hide _second 2>&1 | FileCheck %s --check-prefix=AGAIN
// AGAIN: is so already
// RUN: cmp a.dylib kept
int wanted(int);
_Thread_local int variable = 3;
__attribute__((noinline)) static int secret(int x) { return wanted(x) + variable; }
int first(int x) { return secret(x) + 1; }
int second(int x) { return secret(x) + 2; }
