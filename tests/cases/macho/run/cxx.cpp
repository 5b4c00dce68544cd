// C++: anonymous namespaces, private members, overloads, templates, virtual functions and inline ones, by their names as
// C++ writes them; initialisers still run.
// REQUIRES: macho-runner
// RUN: %macho-everywhere %t 'for level in -O0 -O2; do cxx="$cxx $level -std=c++17 -fno-exceptions -fno-rtti";         \
// RUN:   $cxx -DPROVIDER -c %s -o $o.provider.o && $cxx -c %s -o $o.o &&                                              \
// RUN:   %tool rewrite $o.provider.o --export "lib::(anonymous namespace)::scale(int)" --export "lib::(anonymous namespace)::total" \
// RUN:     --alias "_sum_of_doubles=lib::Box::sum(double, double)" --rename "lib::Box::value() const=_box_value"      \
// RUN:     --export "lib::hidden()" 2> /dev/null > /dev/null &&                                                       \
// RUN:   $cxx $o.o $o.provider.o -o $o && $run $o; done' | FileCheck %s
// CHECK: started with 5
// CHECK-NEXT: 30 7 4.50 5 4 box
// CHECK-NEXT: started with 5
// CHECK-NEXT: 30 7 4.50 5 4 box
#include <cstdio>
namespace lib {
struct Base {
  virtual const char *name() const { return "base"; }
};
class Box : public Base {
public:
  explicit Box(int value) : value_(value) {}
  const char *name() const override;

private:
  int value() const;
  static double sum(double, double);
  static int sum(int, int);
  int value_;
};
Base &make();
int hidden();
} // namespace lib
#ifdef PROVIDER
namespace lib {
namespace {
__attribute__((used)) int scale(int x) { return x * 10; }
__attribute__((used)) int total = 7;
struct Start {
  Start() { std::printf("started with %d\n", total - 2); }
} start;
} // namespace
const char *Box::name() const { return "box"; }
int Box::value() const { return value_; }
double Box::sum(double a, double b) { return a + b; }
int Box::sum(int a, int b) { return a + b; }
__attribute__((visibility("hidden"))) int hidden() { return 4; }
Base &make() {
  static Box box(5);
  return box;
}
} // namespace lib
#else
int scale(int) __asm__("__ZN3lib12_GLOBAL__N_15scaleEi");
extern int total __asm__("__ZN3lib12_GLOBAL__N_15totalE");
extern "C" double sum_of_doubles(double, double);
extern "C" int box_value(const lib::Base *);
int main() {
  lib::Base &box = lib::make();
  std::printf("%d %d %.2f %d %d %s\n", scale(3), total, sum_of_doubles(1.5, 3), box_value(&box), lib::hidden(), box.name());
}
#endif
