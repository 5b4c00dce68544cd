// Records know which symbol is meant without anyone spelling it: overloads, templates, members, unnamed namespaces.
// REQUIRES: gcc, clang-14, clang-19
// RUN: g++ -O2 -I%include -c %s -o %t.o && %tool rewrite %t.o --dry-run | FileCheck %s
// RUN: clang++ -O2 -I%include -c %s -o %t.o && %tool rewrite %t.o --dry-run | FileCheck %s
// RUN: clang-14 -O2 -I%include -c %s -o %t.o && %tool rewrite %t.o --dry-run | FileCheck %s
// CHECK-DAG: rename '_ZN3app4nanoEv' -> 'nanotime'
// CHECK-DAG: add 'over_int' = '_ZN2ns4overEi'
// CHECK-DAG: export '_ZN2ns12_GLOBAL__N_16secretEPKc'
// CHECK-DAG: rename '_ZN2ns4pickIliEET_T0_' -> 'pick_li'
// CHECK-DAG: rename '_ZN2ns3Box5countE' -> 'box_count'
#include <linkname/linkname.h>
namespace app {
long nano();
}
LINKNAME(app::nano, "nanotime");
namespace ns {
int over(int x) { return x; }
int over(long x) { return static_cast<int>(x); }
namespace {
int secret(const char *text) { return text[0]; }
} // namespace
LINKNAME(secret);
template <class A, class B> A pick(B);
struct Box {
  static int count;
};
} // namespace ns
LINKNAME_FN(int(int), ns::over, "over_int");
LINKNAME((ns::pick<long, int>), "pick_li");
LINKNAME(ns::Box::count, "box_count");
long use() { return app::nano() + ns::pick<long, int>(3) + ns::Box::count; }
