// Compact relocations (CREL): renames, second names and exports leave them alone; they link and run with ld.lld.
// What would move symbols is refused, and hide does it without.
// REQUIRES: clang-19, lld
// RUN: clang-19 -O1 -fPIE -c -DMAIN %s -o %t.main.o
// RUN: clang-19 -O1 -fPIE -c -Wa,--crel,--allow-experimental-crel %s -o %t.o
// RUN: llvm-readelf --sections %t.o | FileCheck %s --check-prefix=INPUT
// INPUT: CREL
// RUN: %rewritten %t.o %t.new --rename emit=print_line --rename public=renamed --alias second=public --export own --unsafe own 2>/dev/null
// RUN: %rewritten %t.main.o %t.main.new --rename wants_own=own
// RUN: clang-19 -fuse-ld=lld %t.new %t.main.new -o %t.exe && %t.exe | FileCheck %s
// CHECK: a line: 7 7 35
// RUN: %exits 1 %tool rewrite %t.o --localize public --localize other 2>&1 | FileCheck %s --check-prefix=LOCALIZE
// LOCALIZE: error: {{.*}}: section [{{[0-9]+}}] .crel{{.*}}: holds symbol indices in a form that linkname cannot rewrite, so no symbol can be made local here; use --hide, which moves nothing
// RUN: %rewritten %t.o %t.new --hide public --hide other
#include <stdio.h>
#ifdef MAIN
int renamed(int), second(int), wants_own(int);
int print_line(const char *text) { return printf("a line: %s", text); }
int main(void) {
  int r = renamed(2), s = second(2);
  return printf(" %d %d %d\n", r, s, wants_own(5)) < 0;
}
#else
int counter;
__attribute__((noinline, used)) static int own(int by) { return 7 * by + counter; }
int other(void) { return counter; }
int public(int x) {
  if (counter++ == 0) {
    int emit(const char *);
    emit("");
  }
  counter = 0;
  return own(x) / 2;
}
#endif
