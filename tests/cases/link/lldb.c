// LLDB stops in a promoted static by its own name, too, and shows its source and its variables; the sources are
// debugging.c's.
// REQUIRES: gcc, lldb-19
// RUN: rm -rf %t && split-file %S/debugging.c %t && cd %t && gcc -O1 -g -c provider.c && ar rcs libprovider.a provider.o
// RUN: %tool cc -- gcc -O1 -g -I%include -c main.c && %tool link --handshake=off -- gcc -g main.o -L. -lprovider -o program
// RUN: lldb-19 -x -b -o 'breakpoint set -n in_member' -o run -o bt -o 'frame variable' ./program 2>&1 | FileCheck %s
// CHECK: Breakpoint 1: where = [[program:program|own]]`in_member at provider.c:1:
// CHECK: stop reason = breakpoint 1.1
// CHECK: frame #0: {{.*}} [[program]]`in_member(x=41) at provider.c:1:
// CHECK: frame #1: {{.*}} [[program]]`main at main.c:
// CHECK: (int) x = 41
/// The same under a name of its own.
// RUN: %tool cc -- gcc -O1 -g -I%include -DOWN -c main.c && %tool link --handshake=off -- gcc -g main.o -L. -lprovider -o own
// RUN: nm own | FileCheck %s --check-prefix=NAMES
// NAMES-DAG: t in_member
// NAMES-DAG: t provider.c:in_member
// RUN: lldb-19 -x -b -o 'breakpoint set -n in_member' -o run -o bt -o 'frame variable' ./own 2>&1 | FileCheck %s
