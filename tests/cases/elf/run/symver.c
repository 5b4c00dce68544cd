// .symver names: base and version are apart. A renamed versioned definition keeps its version in the shared library, and
// the version script still finds it.
// REQUIRES: gcc, bfd, lld
// RUN: gcc -O2 -fPIC -c %s -o %t.o
// RUN: %rewritten %t.o %t.new --rename api=service
// RUN: printf 'V1 { };\nV2 { };\n' > %t.map
// RUN: gcc -shared -fuse-ld=bfd -Wl,--version-script=%t.map %t.new -o %t.so
// RUN: llvm-readelf --dyn-syms %t.so | FileCheck %s
// RUN: gcc -shared -fuse-ld=lld -Wl,--version-script=%t.map %t.new -o %t.so
// RUN: llvm-readelf --dyn-syms %t.so | FileCheck %s
// CHECK-DAG: FUNC GLOBAL DEFAULT {{.*}} service@V1{{$}}
// CHECK-DAG: FUNC GLOBAL DEFAULT {{.*}} service@@V2{{$}}
// CHECK-DAG: UND memcpy@GLIBC_2.2.5
// A pull to a versioned name of libc.
// RUN: gcc -O2 -c -DMAIN %s -o %t.main.o
// RUN: %rewritten %t.main.o %t.main.new --rename old_copy=memcpy@GLIBC_2.2.5
// RUN: gcc -fuse-ld=bfd %t.main.new -o %t.exe && %t.exe && llvm-readelf --dyn-syms %t.exe | FileCheck %s --check-prefix=MAIN
// RUN: gcc -fuse-ld=lld %t.main.new -o %t.exe && %t.exe && llvm-readelf --dyn-syms %t.exe | FileCheck %s --check-prefix=MAIN
// MAIN: UND memcpy@GLIBC_2.2.5
#ifdef MAIN
void *old_copy(void *to, const void *from, unsigned long size);
int main(void) {
  char to[3] = "", from[3] = "ab";
  old_copy(to, from, 3);
  return to[1] != 'b';
}
#else
__asm__(".symver old_api, api@V1");
__asm__(".symver new_api, api@@V2");
__asm__(".symver memcpy, memcpy@GLIBC_2.2.5");
void *memcpy(void *, const void *, unsigned long);
int old_api(void) { return 1; }
int new_api(void) { return 2; }
void copy(void *to, void *from, unsigned long size) { memcpy(to, from, size); }
#endif
