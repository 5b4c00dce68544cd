// Two versions of one C++ library in one program, and in one shared library that exports nothing but what was kept. With
// COMDAT groups that kept their names, the linker would drop one version's code for the other's.
// REQUIRES: gcc, clang-19, bfd, gold, lld, mold
// DEFINE: %{compile} =
// DEFINE: %{library} = %{compile} -std=c++17 -fPIC -x c++ -c %S/Inputs/shapes.h
// DEFINE: %{build} = rm -rf %t && mkdir %t && cd %t && \
// DEFINE:   %{library} -DVERSION=1 -DLIBRARY=measure_1 -DMEASURE -o m.o && %{library} -DVERSION=1 -DFAIL -o f.o && ar rc lib1.a m.o f.o && \
// DEFINE:   %{library} -DVERSION=2 -DLIBRARY=measure_2 -DMEASURE -o m.o && %{library} -DVERSION=2 -DFAIL -o f.o && ar rc lib2.a m.o f.o && \
// DEFINE:   %tool rewrite lib1.a --isolate --keep measure_1 > 1.txt && %tool rewrite lib2.a --isolate=second --keep 'measure_*' > 2.txt && \
// DEFINE:   %{compile} -c %s -o main.o && %link-and-run %t/exe g++ main.o lib1.a lib2.a > all.txt && FileCheck %s --check-prefix=NAMED < 2.txt && \
// DEFINE:   %link-and-run %t/twin g++ main.o lib2.a lib1.a >> all.txt && \
// DEFINE:   gcc -shared -fuse-ld=lld -Wl,--whole-archive lib1.a lib2.a -Wl,--no-whole-archive -o whole.so && \
// DEFINE:   llvm-nm -D --defined-only whole.so >> all.txt && llvm-nm -C lib1.a >> all.txt
// REDEFINE: %{compile} = g++ -O0
// RUN: %{build}
// RUN: FileCheck %s < %t/all.txt
/// GCC's groups of constructors and destructors bear the name of none of their members.
// RUN: FileCheck %s --check-prefix=GROUP < %t/1.txt
// GROUP: rename '_ZN6shapes5ShapeD5Ev' -> '_ZN6shapes5ShapeD5Ev.1_[[#%x,]]'
// RUN: llvm-readelf -g %t/m.o | FileCheck %s --check-prefix=OLD
// OLD: [_ZN6shapes5ShapeD5Ev]
// REDEFINE: %{compile} = g++ -O2
// RUN: %{build}
// RUN: FileCheck %s < %t/all.txt
// REDEFINE: %{compile} = clang++-19 -O2
// RUN: %{build}
// RUN: FileCheck %s < %t/all.txt
// CHECK: 1009 1012 -11 -11 13030
// CHECK: 1009 1012 -11 -11 13030
// CHECK-NEXT: T measure_1
// CHECK-NEXT: T measure_2
/// Stack traces still say what C++ calls it.
// CHECK: shapes::measure(std::vector<int, std::allocator<int>{{ ?}}> const&) (.1_{{[0-9a-f]+}})
// CHECK: T measure_1
// NAMED: hide '_ZN6shapes4failE{{.*}}
// NAMED-NOT: 'measure_
#include <cstdio>
extern "C" int measure_1(int), measure_2(int);
int main() {
  const int first = measure_1(1), second = measure_2(1), third = measure_1(10000), fourth = measure_2(10000);
  std::printf("%d %d %d %d %d\n", first, second, third, fourth, measure_1(2));
}
