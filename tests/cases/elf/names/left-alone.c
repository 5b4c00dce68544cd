// Names that compilers, linkers and libraries find by themselves are left alone, and told of in one note.
// REQUIRES: gcc
// RUN: rm -rf %t && mkdir %t && cd %t && gcc -c %s -o a.o
// RUN: %tool rewrite a.o -o b.o --prefix z_ 2>&1 | FileCheck %s
// CHECK: note: these are defined here and are left as they are, since they are found by name from outside: 4
// CHECK-SAME: ; --rename-map can change most of them
// CHECK-NEXT: '_Unwind_Resume': unwinders and the code of every compiler share it
// CHECK-NEXT: '__stack_chk_fail': compilers call or read it by this name
// CHECK-NEXT: '_end': the linker makes it, or looks for it
// CHECK-NEXT: 'main': the program or library starts there
// CHECK: rename 'f' -> 'z_f'
// CHECK-NOT: rename
// RUN: %exits 1 %tool rewrite a.o -o b.o --prefix z_ --only main --only 'f*' 2>&1 | FileCheck %s --check-prefix=ONLY
// ONLY: error: --only: 'main' cannot have another name: the program or library starts there; give it a name of its own with --rename-map
// RUN: %tool rewrite a.o -o b.o --prefix z_ --only 'm*' --only 'f*' 2>&1 | FileCheck %s --check-prefix=WILD
// WILD: 'main': the program
// WILD: rename 'f' -> 'z_f'
// RUN: printf 'main f_main\n' > main.map && %tool rewrite a.o -o b.o --rename-map main.map | FileCheck %s --check-prefix=MAP
// MAP: rename 'main' -> 'f_main'
// RUN: printf '_end z\n' > end.map && %exits 1 %tool rewrite a.o -o b.o --rename-map end.map 2>&1 | FileCheck %s --check-prefix=LINKER
// LINKER: error: end.map:1: '_end' cannot have another name: the linker makes it, or looks for it
// RUN: %tool rewrite a.o -o b.o --prefix z_ --except f --except main --except '_*' 2>&1 | FileCheck %s --check-prefix=NOTHING
// NOTHING-NOT: left as they are
// NOTHING: note: no name is left that would change; nothing to do
// RUN: cmp a.o b.o
int f(void) { return 1; }
void _Unwind_Resume(void *exception) { (void)exception; }
void __stack_chk_fail(void) {}
char _end[4];
int main(void) { return f(); }
