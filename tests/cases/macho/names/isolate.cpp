// Two versions of one C++ library in one program: on Mach-O each definition is coalesced by its own name, and a private
// extern does not leave the image. (Without exceptions: the runner has no unwinder.)
// REQUIRES: macho-runner
// RUN: %macho-everywhere %t 'for level in -O0 -O2; do cxx="$cxx $level -std=c++17 -fno-exceptions -fno-rtti";          \
// RUN:   for version in 1 2; do rm -f $o.$version.a;                                                                  \
// RUN:     $cxx -DVERSION=$version -DLIBRARY=measure_$version -DFRONT -c %s -o $o.front.o &&                          \
// RUN:     $cxx -DVERSION=$version -DBACK -c %s -o $o.back.o &&                                                       \
// RUN:     llvm-ar rc $o.$version.a $o.front.o $o.back.o &&                                                           \
// RUN:     %tool rewrite $o.$version.a --isolate=v$version --keep "_measure_*" > $o.edits || exit 1; done;            \
// RUN:   $cxx -c %s -o $o.main.o && $cxx $o.main.o $o.1.a $o.2.a -o $o && $run $o &&                                  \
// RUN:   $cxx -dynamiclib -Wl,-all_load $o.1.a $o.2.a -o $o.dylib &&                                                  \
// RUN:   llvm-objdump --macho --exports-trie $o.dylib | grep -o "_measure.*\|v[12]$"; done' | FileCheck %s
// CHECK: 18 36 1020
// CHECK-NEXT: _measure_1
// CHECK-NEXT: _measure_2
// CHECK-NEXT: 18 36 1020
// CHECK-NEXT: _measure_1
// CHECK-NEXT: _measure_2
// CHECK-NOT: {{.}}
#include <cstdio>
#ifdef VERSION
namespace shapes {
struct Shape {
  virtual int area() const { return 0; }
};
template <class T> struct Box : Shape {
  T side;
  explicit Box(T length) : side(length) {}
  int area() const override { return int(side) * VERSION; }
};
inline int counter = 0;
int sum(const int *sides, int count);
} // namespace shapes
#endif
#if defined FRONT
extern "C" int LIBRARY(int side) {
  const int sides[] = {side, side + 1, side + 2};
  return shapes::sum(sides, 3) + 1000 * (shapes::counter++ / 1);
}
#elif defined BACK
int shapes::sum(const int *sides, int count) {
  int all = 0;
  for (int i = 0; i < count; ++i) {
    const Box<int> box(sides[i]);
    const Shape *const shape = &box;
    all += shape->area();
  }
  return all;
}
#else
extern "C" int measure_1(int), measure_2(int);
int main() {
  const int first = measure_1(5), second = measure_2(5);
  std::printf("%d %d %d\n", first, second, measure_1(5) + 2);
}
#endif
