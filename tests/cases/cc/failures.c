// The compiler's failure is ours, with its status and its signal; a record that cannot be obeyed leaves no object.
// REQUIRES: gcc
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/x.c && cd %t
// RUN: %exits 1 %tool cc -- gcc -DBROKEN -c x.c 2>&1 | FileCheck %s --check-prefix=BROKEN && not test -e x.o
// BROKEN: error: #error
// RUN: %exits 7 %tool cc -- sh -c 'exit 7'
// RUN: %exits 143 sh -c '%tool cc -- sh -c "kill -TERM \$\$"; exit $?'
/// A signal to the launcher ends what it runs, and then itself.
// RUN: %exits 143 sh -c '%tool cc -- sh -c "echo \$\$ > pid; exec sleep 100" & tool=$!; while ! test -s pid; do sleep 0.05; done; kill -TERM $tool; wait $tool; status=$?; ! kill -0 $(cat pid) 2>/dev/null && exit $status'
// RUN: %exits 4 %tool cc -- %t/no-such-compiler -c x.c 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: error: {{.*}}no-such-compiler: cannot be run: No such file or directory
// RUN: %exits 1 %tool cc -- gcc -I%include -DCLASH -c x.c 2>&1 | FileCheck %s --check-prefix=CLASH && not test -e x.o
// CLASH: error: x.o: .symtab[{{[0-9]+}}] 'first': cannot be made known as 'second', which is defined here already
// RUN: %exits 1 %tool cc -- gcc -I%include -flto -DPLAIN -c x.c 2>&1 | FileCheck %s --check-prefix=LTO && not test -e x.o
// LTO: error: x.o: {{.*}}link-time optimisation{{.*}}; compile it with -fno-lto
// RUN: %exits 2 %tool cc 2>&1 | FileCheck %s --check-prefix=USAGE
// RUN: %exits 2 %tool cc -- 2>&1 | FileCheck %s --check-prefix=USAGE
// USAGE: error: a compiler's command after -- is required; see `linkname-tool cc --help`
#ifdef BROKEN
#error
#endif
#include <linkname/linkname.h>
int first(void) { return 1; }
int second(void) { return 2; }
#ifdef CLASH
LINKNAME(first, "second");
#endif
#ifdef PLAIN
LINKNAME(first, "third");
#endif
