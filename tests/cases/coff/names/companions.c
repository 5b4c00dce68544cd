// What stands for a symbol is called what the symbol is called, in every object of the set, and what stands for
// somebody else's keeps its name. On i386 the platform's `_` stays in front, and a calling convention's mark behind.
// REQUIRES: mingw, i686-mingw
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: x86_64-w64-mingw32-gcc -O1 -DONE -c %s -o one.o && x86_64-w64-mingw32-gcc -O1 -c %s -o two.o
// RUN: %tool rewrite one.o two.o --prefix z_ | FileCheck %s
// CHECK-DAG: one.o: rename '__emutls_v.own' -> '__emutls_v.z_own'
// CHECK-DAG: two.o: rename '__emutls_v.own' -> '__emutls_v.z_own'
// CHECK-DAG: two.o: rename '.refptr.variable' -> '.refptr.z_variable'
// CHECK-DAG: two.o: rename '__imp_taken' -> '__imp_z_taken'
// CHECK-NOT: rename '.refptr.elsewhere'
// RUN: llvm-nm two.o | FileCheck %s --check-prefix=TWO
// TWO: .refptr.elsewhere
// TWO: U elsewhere
// RUN: llvm-readobj --coff-directives one.o | FileCheck %s --check-prefix=EXPORT
// EXPORT: export:{{"?}}z_taken
// RUN: i686-w64-mingw32-gcc -O1 -DONE -c %s -o one.o && i686-w64-mingw32-gcc -O1 -c %s -o two.o
// RUN: %tool rewrite one.o two.o --prefix z_ | FileCheck %s --check-prefix=I386
// I386-DAG: one.o: rename '___emutls_v.own' -> '___emutls_v.z_own'
// I386-DAG: two.o: rename '___emutls_v.own' -> '___emutls_v.z_own'
// I386-DAG: two.o: rename '_standard@4' -> '_z_standard@4'
// I386-DAG: two.o: rename '__imp__taken' -> '__imp__z_taken'
#ifdef ONE
__thread int own = 3;
int variable = 4;
__declspec(dllexport) int taken(void) { return 5; }
__attribute__((stdcall)) int standard(int x) { return x; }
#else
extern __thread int own;
extern int variable, elsewhere;
__declspec(dllimport) int taken(void);
__attribute__((stdcall)) int standard(int);
int use(void) { return own + variable + elsewhere + taken() + standard(1); }
#endif
