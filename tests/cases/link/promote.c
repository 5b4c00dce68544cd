// A pull of a static in an object and of one in an archive: the link gets copies that show them, the inputs stay as they
// are, nothing is left behind, and a shared library does not export what was promoted.
// REQUIRES: gcc, bfd, gold, lld, mold
// RUN: rm -rf %t && mkdir -p %t/tmp && split-file %s %t && cd %t
// RUN: gcc -O2 -fPIC -c provider.c member.c && ar rcs libmember.a member.o && cp provider.o before.o && cp libmember.a before.a
// RUN: %tool cc -- gcc -O2 -fPIC -I%include -c main.c -o main.o
// RUN: env TMPDIR=%t/tmp %tool link --rules linkname.rules -- gcc -fuse-ld=bfd main.o provider.o libmember.a -o bfd && ./bfd | FileCheck %s
// RUN: env TMPDIR=%t/tmp %tool link --rules linkname.rules -- gcc -fuse-ld=gold main.o provider.o -L. -lmember -o gold && ./gold | FileCheck %s
// RUN: env TMPDIR=%t/tmp %tool link --rules linkname.rules -- gcc -fuse-ld=lld main.o provider.o -Wl,-L.,-lmember -o lld && ./lld | FileCheck %s
// RUN: env TMPDIR=%t/tmp %tool link --rules linkname.rules -- gcc -fuse-ld=mold main.o provider.o -L . -l member -o mold && ./mold | FileCheck %s
// RUN: env TMPDIR=%t/tmp %tool link --rules linkname.rules -- gcc -static main.o provider.o -L. -l:libmember.a -o static && ./static | FileCheck %s
// CHECK: 5 7
// RUN: cmp provider.o before.o && cmp libmember.a before.a && rmdir tmp
// RUN: %tool link --rules linkname.rules -- gcc -shared -Wl,-z,defs main.o provider.o libmember.a -o lib.so && nm -D lib.so | FileCheck %s --check-prefix=DYNAMIC
// DYNAMIC-NOT: in_object
// DYNAMIC-NOT: in_member
// DYNAMIC:     T provider_calls
// DYNAMIC-NOT: in_
/// The linker alone, and one that is told files in a response file.
// RUN: %tool link --rules linkname.rules -- ld -r main.o provider.o libmember.a -o all.o && gcc all.o -o partial && ./partial | FileCheck %s
// RUN: echo "main.o 'provider.o' -L. -lmember -o from-file" > link.rsp && %tool link --rules linkname.rules -- gcc @link.rsp && ./from-file | FileCheck %s
/// A file under two names, and by its library's.
// RUN: %tool link --rules linkname.rules -- gcc main.o provider.o ./libmember.a %t/libmember.a -L. -lmember -o twice && ./twice | FileCheck %s
/// A thin archive, whose member is a file of its own.
// RUN: mkdir sub && cp member.o sub && ar rcsT sub/libthin.a sub/member.o && %link-and-run %t/thin %tool link --rules linkname.rules -- gcc main.o provider.o sub/libthin.a | FileCheck %s
// RUN: %link-and-run %t/thin-library %tool link --rules linkname.rules -- gcc main.o provider.o -Lsub -lthin | FileCheck %s && cmp sub/member.o member.o
// RUN: %tool link --dry-run --rules linkname.rules -- gcc main.o provider.o sub/libthin.a -o shown | FileCheck %s --check-prefix=THIN
// THIN: sub/libthin.a({{.*}}member.o): promote 'in_member' to 'in_member'
// THIN: gcc main.o COPIES/{{[01]}}/provider.o COPIES/{{[01]}}/libthin.a -o shown
/// A member of two thin archives, and one that is also an object of the link.
// RUN: ar rcsT sub/again.a sub/member.o && %link-and-run %t/shared %tool link --rules linkname.rules -- gcc main.o provider.o sub/libthin.a sub/again.a | FileCheck %s
// RUN: ar rcsT same.a provider.o && %link-and-run %t/same-last %tool link --rules linkname.rules -- gcc main.o provider.o same.a libmember.a | FileCheck %s && cmp provider.o before.o
/// What is shown.
// RUN: %tool link --dry-run --rules linkname.rules -- gcc main.o provider.o libmember.a -o shown | FileCheck %s --check-prefix=SHOWN && not test -e shown
// SHOWN:      main.o: 'in_member' -> libmember.a(member.o): .symtab[{{[0-9]+}}] 'in_member' (promoted)  (LINKNAME at main.c:5: for the test; allowed by linkname.rules:2)
// SHOWN-NEXT: main.o: 'in_object' -> provider.o: .symtab[{{[0-9]+}}] 'in_object' (promoted)  (LINKNAME at main.c:3; allowed by linkname.rules:1)
// SHOWN-NEXT: provider.o: promote 'in_object' to 'in_object'  (LINKNAME at main.c:3)
// SHOWN-NEXT: libmember.a(member.o): promote 'in_member' to 'in_member'  (LINKNAME at main.c:5: for the test)
// SHOWN-NEXT: gcc main.o COPIES/0/provider.o COPIES/1/libmember.a -o shown
// RUN: %tool link --dry-run --format json --rules linkname.rules -- gcc main.o provider.o libmember.a -o shown | FileCheck %s --check-prefix=JSON
// JSON:      "bindings": [
// JSON-NEXT:   {
// JSON-NEXT:     "allowed_by": "linkname.rules:2",
// JSON-NEXT:     "asked_by": "LINKNAME at main.c:5",
// JSON-NEXT:     "consumer": "main.o",
// JSON-NEXT:     "provider": "libmember.a(member.o): .symtab[{{[0-9]+}}] 'in_member'",
// JSON-NEXT:     "reason": "for the test",
// JSON-NEXT:     "remote": "in_member",
// JSON-NEXT:     "target": "promoted"
// JSON:      "command_line": [
// JSON-NEXT:   "gcc",
//--- linkname.rules
allow main.c in_object
allow main.o "in_*" # both are wanted
//--- main.c
#include <linkname/linkname.h>
int object(int);
LINKNAME(object, "in_object");
int member(int);
LINKNAME(member, "in_member", "for the test");
#include <stdio.h>
int main(void) { return printf("%d %d\n", object(4), member(5)) < 0; }
//--- provider.c
static __attribute__((noinline)) int in_object(int x) { return x + 1; }
int (*volatile keep_object)(int) = in_object;
int provider_calls(int x) { return keep_object(x); }
//--- member.c
static __attribute__((noinline)) int in_member(int x) { return x + 2; }
int (*volatile keep_member)(int) = in_member;
