// macOS: clang's driver with ld64.lld, and the linker itself; run for both CPUs.
// REQUIRES: macho-runner
// RUN: rm -rf %t && split-file %s %t && cd %t
// RUN: %macho-everywhere %t/r '$cc -O2 -c provider.c -o $o.provider.o; $cc -O2 -c member.c -o $o.member.o; llvm-ar rcs $o.a $o.member.o; \
// RUN:   %tool cc -- $cc -O2 -I%include -c main.c -o $o.main.o; \
// RUN:   %tool link --rules linkname.rules -- $cc $o.main.o $o.provider.o $o.a -o $o.exe; $run $o.exe; \
// RUN:   mkdir -p $o.libs; cp $o.a $o.libs/libmember.a; \
// RUN:   %tool link --rules linkname.rules -- $cc $o.main.o $o.provider.o -L$o.libs -lmember -o $o.exe; $run $o.exe; \
// RUN:   %tool link --rules linkname.rules -- $cc -dynamiclib $o.main.o $o.provider.o $o.a -o $o.dylib; \
// RUN:   llvm-nm -g --defined-only $o.dylib | grep -c " T _provider_calls"; ! llvm-nm -g --defined-only $o.dylib | grep " _in_"' | FileCheck %s
// CHECK:      5 7
// CHECK-NEXT: 5 7
// CHECK-NEXT: 1
/// Messages say the name as it stands in the table; the rules and the record as C has it.
// RUN: %macho-everywhere %t/m '%tool cc -- $cc -O2 -I%include -c main.c -o main.o; $cc -O2 -c provider.c -o provider.o; $cc -O2 -c member.c -o member.o; \
// RUN:   %exits 1 %tool link --allow main.c=in_object -- $cc main.o provider.o member.o -o none 2>&1 | sed "s/[[][0-9]*[]]//"' | FileCheck %s --check-prefix=PRIVATE
// PRIVATE: error: LINKNAME at main.c:10: '_in_member' is private to member.o: LC_SYMTAB '_in_member', which does not offer it; put LINKNAME(in_member) into its source; or allow it in the rules with `allow main.c in_member`
// RUN: %macho-everywhere %t/s '%tool cc -- $cc -O2 -I%include -DPUBLIC -c main.c -o main.o; %tool link --dry-run -- $cc main.o -o none | head -1' | FileCheck %s --check-prefix=STUB
// STUB: main.o: '_puts' -> {{.*}}libSystem.tbd (public)
//--- linkname.rules
allow main.c in_*
//--- main.c
#include <linkname/linkname.h>
int object(int);
#ifdef PUBLIC
LINKNAME(object, "puts");
#else
LINKNAME(object, "in_object");
#endif
int member(int);
#ifndef PUBLIC
LINKNAME(member, "in_member");
#endif
#include <stdio.h>
#ifdef PUBLIC
int main(void) { return object(0); }
#else
int main(void) { return printf("%d %d\n", object(4), member(5)) < 0; }
#endif
//--- provider.c
static __attribute__((noinline)) int in_object(int x) { return x + 1; }
int (*volatile keep_object)(int) = in_object;
int provider_calls(int x) { return keep_object(x); }
//--- member.c
static __attribute__((noinline)) int in_member(int x) { return x + 2; }
int (*volatile keep_member)(int) = in_member;
