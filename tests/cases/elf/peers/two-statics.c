// Two statics of one name, as `ld -r` leaves them: the objcopies make two globals of them. We ask which one is meant.
// REQUIRES: gcc, bfd, objcopy, llvm-objcopy
// RUN: gcc -O0 -DVALUE=1 -DUSER=user_1 -c %s -o %t.1.o && gcc -O0 -DVALUE=2 -DUSER=user_2 -c %s -o %t.2.o && ld.bfd -r %t.1.o %t.2.o -o %t.o
// RUN: gcc -c -DMAIN %s -o %t.main.o
// RUN: objcopy --globalize-symbol=helper %t.o %t.gnu && not gcc %t.gnu %t.main.o -o %t.exe 2>/dev/null
// RUN: llvm-objcopy --globalize-symbol=helper %t.o %t.llvm && not gcc %t.llvm %t.main.o -o %t.exe 2>/dev/null
// RUN: %exits 1 %tool rewrite %t.o --export helper 2>&1 | FileCheck %s --check-prefix=CHOICE
// CHOICE:      error: --export: 'helper' could be any of these; say which
// CHOICE-NEXT: .symtab[[[#%u,FIRST:]]] 'helper' (two-statics.c, .text+0x
// CHOICE-NEXT: .symtab[[[#%u,SECOND:]]] 'helper' (two-statics.c, .text+0x
// RUN: %tool inspect %t.o --format json > %t.json
// RUN: python3 -c 'import json; print([s["index"] for s in json.load(open("%t.json"))["files"][0]["symbols"] if s["name"] == "helper"][1], end="")' > %t.index
// RUN: sh -c '%tool rewrite %t.o -o %t.new --export "#$(cat %t.index):helper" 2>/dev/null'
// RUN: gcc %t.new %t.main.o -o %t.exe && %t.exe | FileCheck %s
// CHECK: 2
#ifdef MAIN
#include <stdio.h>
int helper(void);
int main(void) { return printf("%d\n", helper()) < 0; }
#else
static int helper(void) { return VALUE; }
int USER(void) { return helper(); }
#endif
