// C++: an anonymous namespace, an overload, a template's member; the record names the symbol, so nobody spells it.
// REQUIRES: clang-19
// RUN: env CLANG=clang++-19 CFLAGS="-std=c++17 -I%include" %macho-kinds %s %t \
// RUN:   '%macho-rewritten $o $o.new --strict && llvm-nm -m $o.new | FileCheck %s && \
// RUN:    %tool rewrite $o.new -o $o.again --strict && cmp $o.new $o.again'
// CHECK-DAG: (__TEXT,__text) external {{(\[Thumb\] )?}}_lib.parse{{$}}
// CHECK-DAG: (undefined) external _lib.overload{{$}}
// CHECK-DAG: (undefined) external __ZN2ns8overloadEd{{$}}
// CHECK-DAG: (__TEXT,__text) external {{(\[Thumb\] )?}}_lib.twice{{$}}
// CHECK-DAG: (__TEXT,__text) external {{(\[Thumb\] )?}}_lib.twice.again{{$}}
#include <linkname/linkname.h>
namespace ns {
int overload(int);
double overload(double);
template <class T> struct Box {
  static T twice(T x) { return x + x; }
};
namespace {
int parse(const char *s) { return *s; }
LINKNAME(parse, "lib.parse");
} // namespace
} // namespace ns
LINKNAME_FN(int(int), ns::overload, "lib.overload");
LINKNAME((ns::Box<int>::twice), "lib.twice");
LINKNAME((ns::Box<int>::twice), "lib.twice.again");
int user(const char *s) { return ns::overload(ns::parse(s)) + static_cast<int>(ns::overload(2.0)); }
