// A prefix on a C++ library that throws: what the unwinder looks for stays, and with it what points there.
// REQUIRES: gcc, clang-19, bfd, gold, lld, mold
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: clang++-19 -O1 -std=c++17 -x c++ -DVERSION=1 -DLIBRARY=measure -DMEASURE -c %S/Inputs/shapes.h -o m.o
// RUN: clang++-19 -O1 -std=c++17 -x c++ -DVERSION=1 -DFAIL -c %S/Inputs/shapes.h -o f.o
// RUN: %tool rewrite m.o f.o --prefix z_ > edits.txt && FileCheck %s --check-prefix=EDITS < edits.txt
// EDITS-NOT: personality
// EDITS: rename '_ZTIN6shapes7FailureE' -> 'z__ZTIN6shapes7FailureE'
// EDITS-NOT: personality
// RUN: g++ -O1 -c %s -o main.o && %link-and-run %t/exe g++ main.o m.o f.o | FileCheck %s
// CHECK: 1009 -11
/// A personality routine of the set's own has another name, and so has the pointer to it.
// RUN: clang-19 --target=x86_64-linux-gnu -x assembler -DOWN -c %S/Inputs/personality.s -o p.o
// RUN: %tool rewrite p.o --prefix z_ | FileCheck %s --check-prefix=OWN
// OWN-DAG: rename 'own_personality' -> 'z_own_personality'
// OWN-DAG: rename 'DW.ref.own_personality' -> 'DW.ref.z_own_personality'
// OWN-DAG: rename 'f' -> 'z_f'
// OWN-NOT: DW.ref.__gxx
#include <cstdio>
extern "C" int z_measure(int);
int main() {
  const int first = z_measure(1);
  std::printf("%d %d\n", first, z_measure(10000));
}
