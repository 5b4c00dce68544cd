// The linker's failure is ours; whatever happens, no copy is left behind, and what does not link is run as it is.
// REQUIRES: gcc
// RUN: rm -rf %t && mkdir -p %t/tmp && split-file %s %t && cd %t && gcc -O2 -c provider.c && %tool cc -- gcc -O2 -I%include -c main.c
// RUN: %exits 1 env TMPDIR=%t/tmp %tool link --handshake=off -- gcc main.o provider.o -lnothing -o x 2>&1 | FileCheck %s && rmdir tmp && mkdir tmp
// CHECK: cannot find -lnothing
/// A linker that is killed, and one that is running while the launcher is told to end: its copies go, too.
// RUN: printf '#!/bin/sh\ntest $1 = -\043\043\043 && exit 1\nls %t/tmp/*/0 > seen\nkill -KILL $$\n' > dies && chmod +x dies
// RUN: %exits 137 sh -c 'TMPDIR=%t/tmp %tool link --handshake=off -- ./dies main.o provider.o; exit $?' 2>/dev/null && FileCheck %s --check-prefix=SEEN < seen && rmdir tmp && mkdir tmp
// SEEN: provider.o
// RUN: printf '#!/bin/sh\ntest $1 = -\043\043\043 && exit 1\necho $$ > pid\nexec sleep 100\n' > waits && chmod +x waits
// RUN: %exits 143 sh -c 'TMPDIR=%t/tmp %tool link --handshake=off -- ./waits main.o provider.o & tool=$!; while ! test -s pid; do sleep 0.05; done; kill -TERM $tool; wait $tool; exit $?' 2>/dev/null && rmdir tmp && mkdir tmp
/// What a killed launcher left is removed by a later one, but not what is in use or young.
// RUN: mkdir tmp/linkname-link-left && touch tmp/linkname-link-left/x && touch -d '2 minutes ago' tmp/linkname-link-left && mkdir tmp/linkname-link-young tmp/linkname-link-used && touch -d '2 minutes ago' tmp/linkname-link-used
// RUN: flock -s tmp/linkname-link-used env TMPDIR=%t/tmp %tool link --handshake=off -- gcc main.o provider.o -o x && not test -e tmp/linkname-link-left && rmdir tmp/linkname-link-young tmp/linkname-link-used tmp && ./x
/// No room for the copies.
// RUN: %exits 4 env TMPDIR=%t/nowhere %tool link --handshake=off -- gcc main.o provider.o -o y 2>&1 | FileCheck %s --check-prefix=NOWHERE && not test -e y
// NOWHERE: error: {{.*}}/nowhere: cannot make a folder there: No such file or directory; set TMPDIR to a folder with room for copies of inputs
/// What does not link.
// RUN: %tool link -- gcc -O2 -c provider.c -o passed.o && cmp passed.o provider.o
// RUN: %tool link -- gcc --version | FileCheck %s --check-prefix=VERSION
// VERSION: gcc
// RUN: %exits 3 %tool link -- sh -c 'exit 3'
// RUN: %tool link -- gcc main.c -I%include -c -o m.o
// RUN: not %tool link -- gcc -I%include main.c provider.o -o z 2>&1 | FileCheck %s --check-prefix=SOURCE
// SOURCE: warning: main.c: is compiled and linked by one command, so its records are not seen; compile it first, with -c
// RUN: %exits 2 %tool link --handshake=of -- gcc main.o 2>&1 | FileCheck %s --check-prefix=USAGE
// USAGE: error: --handshake
// RUN: %exits 2 %tool link --rules linkname.rules 2>&1 | FileCheck %s --check-prefix=COMMAND
// COMMAND: error: a linker's command after -- is required
//--- main.c
#include <linkname/linkname.h>
int object(int);
LINKNAME(object, "in_object");
int main(void) { return object(-1); }
//--- provider.c
static __attribute__((noinline)) int in_object(int x) { return x + 1; }
int (*volatile keep_object)(int) = in_object;
//--- linkname.rules
# nothing
