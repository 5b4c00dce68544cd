// Two versions of one C++ library in one program for mingw: COMDAT sections, unwind information, thread-local variables
// and an exception that goes from one object to the other.
// REQUIRES: mingw, wine
// DEFINE: %{level} =
// DEFINE: %{library} = x86_64-w64-mingw32-g++ %{level} -std=c++17 -x c++ -c %S/../../elf/names/Inputs/shapes.h
// DEFINE: %{build} = rm -rf %t && mkdir %t && cd %t && \
// DEFINE:   %{library} -DVERSION=1 -DLIBRARY=measure_1 -DMEASURE -o m.o && %{library} -DVERSION=1 -DFAIL -o f.o && llvm-ar rc lib1.a m.o f.o && \
// DEFINE:   %{library} -DVERSION=2 -DLIBRARY=measure_2 -DMEASURE -o m.o && %{library} -DVERSION=2 -DFAIL -o f.o && llvm-ar rc lib2.a m.o f.o && \
// DEFINE:   %tool rewrite lib1.a --isolate --keep measure_1 > 1.txt && %tool rewrite lib2.a --isolate=second --keep 'measure_*' > 2.txt && \
// DEFINE:   x86_64-w64-mingw32-g++ %{level} %s lib1.a lib2.a -static -o %t/main.exe && %wine %t/main.exe
// REDEFINE: %{level} = -O0
// RUN: %{build} | FileCheck %s
// RUN: FileCheck %s --check-prefix=EDITS < %t/2.txt
// REDEFINE: %{level} = -O2
// RUN: %{build} | FileCheck %s
// CHECK: 1009 1012 -11 -11 13030
/// There is nothing in COFF that would hide a symbol, and a thread-local variable has its name in two others.
// EDITS-NOT: ): hide
// EDITS: rename '__emutls_v._ZN6shapes5timesE' -> '__emutls_v._ZN6shapes5timesE.second'
// EDITS-NOT: ): hide
#include <cstdio>
extern "C" int measure_1(int), measure_2(int);
int main() {
  const int first = measure_1(1), second = measure_2(1), third = measure_1(10000), fourth = measure_2(10000);
  std::printf("%d %d %d %d %d\n", first, second, third, fourth, measure_1(2));
}
