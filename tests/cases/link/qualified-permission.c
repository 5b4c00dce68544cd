// Rules speak of a name; a record that names a file in front of it means that name all the same. What is denied cannot be
// had by another way to write it.
// REQUIRES: bfd, gold, lld, mold
// RUN: rm -rf %t && mkdir %t && cd %t && %cc -I%include -c %s -o app.o && %cc -DOWNER -c %s -o owner.o
// RUN: echo 'allow qualified-permission.c helper' >allow.rules && %link-and-run %t/program %tool link --rules allow.rules -- %cc app.o owner.o
// RUN: echo 'deny helper' >deny.rules && %exits 1 %tool link --rules deny.rules --handshake=off -- %cc app.o owner.o -o x 2>&1 | FileCheck %s
// CHECK: error: LINKNAME at {{.*}}: 'owner.o:helper' may not be pulled here: deny.rules:1 denies it
// RUN: echo 'allow qualified-permission.c other' >other.rules && %exits 1 %tool link --rules other.rules -- %cc app.o owner.o -o x 2>&1 | FileCheck %s --check-prefix OTHER
// OTHER: 'owner.o:helper' is private to owner.o
#ifdef OWNER
static int helper(void) { return 7; }
int (*const table)(void) = helper;
#else
#include <linkname/linkname.h>

int local(void);
LINKNAME(local, "owner.o:helper");
int main(void) { return local() == 7 ? 0 : 1; }
#endif
