// C++ without exceptions and type information: constructors before main in the order of the images, destructors after it, a guarded static,
// virtual functions, new and delete; inline functions and variables are one for all images.
// REQUIRES: macho-runner
// RUN: %macho-everywhere %t '$cxx -O1 -fno-exceptions -fno-rtti -DLIBRARY -dynamiclib -install_name liba.dylib %s -o $o.liba.dylib && \
// RUN:   $cxx -O1 -fno-exceptions -fno-rtti %s $o.liba.dylib -o $o && $run --with $o.liba.dylib $o' | FileCheck %s
// CHECK: library begins
// CHECK-NEXT: program begins
// CHECK-NEXT: circle 12
// CHECK-NEXT: counted 3, one variable, one function
// CHECK-NEXT: program ends
// CHECK-NEXT: library ends
#include <cstdio>

inline int counter = 0;
inline int count() {
  static int calls = counter;
  counter++;
  return ++calls;
}
struct Shape {
  virtual ~Shape() = default;
  virtual int area() const = 0;
  virtual const char *name() const = 0;
};
Shape *make_circle(int radius);
int library_count();
int *library_counter();
using Count = int();
Count *library_function();

struct Noisy {
  const char *name;
  explicit Noisy(const char *text) : name(text) { std::printf("%s begins\n", name); }
  ~Noisy() { std::printf("%s ends\n", name); }
};

#ifdef LIBRARY
namespace {
Noisy noisy("library");
struct Circle : Shape {
  int radius;
  explicit Circle(int r) : radius(r) {}
  int area() const override { return 3 * radius * radius; }
  const char *name() const override { return "circle"; }
};
} // namespace
Shape *make_circle(int radius) { return new Circle(radius); }
int library_count() { return count(); }
int *library_counter() { return &counter; }
Count *library_function() { return count; }
#else
namespace {
Noisy noisy("program");
}
int main() {
  Shape *shape = make_circle(2);
  std::printf("%s %d\n", shape->name(), shape->area());
  delete shape;
  count();
  library_count();
  std::printf("counted %d, %s variable, %s function\n", count(), library_counter() == &counter ? "one" : "another",
              library_function() == count ? "one" : "another");
}
#endif
