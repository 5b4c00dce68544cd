// Every verb in archives with an index of each kind: only the members that define or use the name change, and the index
// says what the objects say. Between them are members that are no objects, one of an odd size, and one with a long name.
// REQUIRES: gcc, llvm-ar-14, llvm-ar-19
// RUN: rm -rf %t && mkdir %t && cd %t && printf odd > readme && printf "even" > table.txt
// RUN: gcc -c -DA %s -o a.o && gcc -c -DB %s -o a_name_longer_than_sixteen.o && gcc -c -DC %s -o c.o
// RUN: %archive-kinds %t/x '$ar $o.a readme a.o a_name_longer_than_sixteen.o table.txt c.o                               \
// RUN:   && for edit in "--rename first=a_name_that_is_a_lot_longer_than_the_old_one --alias zz=second"                \
// RUN:     "--export a.o:helper --weaken variable" "--rename first=f --hide second" "--rename a*=new_* --localize second"; do \
// RUN:     echo "$edit"; %archive-rewritten $o.a $o.new $edit 2> /dev/null || exit;                                    \
// RUN:   done' | FileCheck %s
// CHECK:      --rename first=a_name
// CHECK-NEXT: changed (a.o)
// CHECK-NEXT: changed (a_name_longer_than_sixteen.o)
// CHECK-NEXT: changed (c.o)
// CHECK-NEXT: --export a.o:helper
// CHECK-NEXT: changed (a.o)
// CHECK-NEXT: changed (c.o)
// CHECK-NEXT: --rename first=f
// CHECK-NEXT: changed (a.o)
// CHECK-NEXT: changed (a_name_longer_than_sixteen.o)
// CHECK-NEXT: changed (c.o)
// CHECK-NEXT: --rename a*=new_*
// CHECK-NEXT: changed (a.o)
// CHECK-NEXT: changed (a_name_longer_than_sixteen.o)
// CHECK-NEXT: changed (c.o)
// CHECK-NOT:  changed
#ifdef A
static int helper(int x) { return x + 1; }
int first(int x) { return helper(x); }
int also_first(int x) { return helper(x); }
#elif defined B
static int helper(int x) { return x + 2; }
int second(int x) { return helper(x); }
#else
int variable = 1;
int first(int), also_first(int);
int third(int x) { return first(x) + also_first(x); }
#endif
