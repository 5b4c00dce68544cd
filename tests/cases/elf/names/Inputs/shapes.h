// A small C++ library with all that COMDAT groups are made of: virtual functions, templates, inline variables, statics
// of inline functions, constructors of base classes, and an exception that leaves one object for another.
#ifndef SHAPES_H
#define SHAPES_H
#include <stdexcept>
#include <string>
#include <vector>
namespace shapes {
struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};
struct Shape {
  virtual ~Shape() {}
  virtual int area() const = 0;
};
template <class T> struct Box : Shape {
  T side;
  explicit Box(T length) : side(length) {}
  int area() const override {
    static int calls;
    return int(side) * VERSION + ++calls;
  }
};
inline int counter = 0;
extern __thread int times;
int measure(const std::vector<int> &sides);
void fail(const std::string &reason);
} // namespace shapes
#if defined MEASURE
namespace shapes {
int measure(const std::vector<int> &sides) {
  int sum = 0;
  for (int side : sides) {
    Shape *const box = new Box<int>(side);
    sum += box->area();
    delete box;
  }
  ++counter;
  if (sum > 1000 + times)
    fail("too large");
  return sum;
}
} // namespace shapes
extern "C" int LIBRARY(int side) {
  try {
    return shapes::measure(std::vector<int>(3, side)) + 1000 * shapes::counter;
  } catch (const shapes::Failure &failure) {
    return -int(std::string(failure.what()).size());
  }
}
#elif defined FAIL
namespace shapes {
__thread int times;
void fail(const std::string &reason) {
  counter += 10;
  throw Failure(reason + std::to_string(VERSION) + std::to_string(++times));
}
Shape *make() { return new Box<int>(1); }
} // namespace shapes
#endif
#endif
