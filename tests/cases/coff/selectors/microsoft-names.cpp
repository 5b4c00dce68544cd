// A function is selected by one spelling, whichever C++ ABI mangled its name.
// REQUIRES: clang-19
// RUN: clang++-19 --target=x86_64-pc-windows-msvc -O1 -c %s -o %t.o
// RUN: clang++-19 --target=x86_64-linux-gnu -O1 -c %s -o %t.elf.o
// RUN: %tool rewrite %t.o --alias 'secret=ns::(anonymous namespace)::hidden(int)' --alias 'locked=ns::Box::locked() const' --rename 'ns::Box::set=set' --alias 'half=ns::half<double>' && llvm-nm-19 %t.o | FileCheck %s
// RUN: %tool rewrite %t.elf.o --alias 'secret=ns::(anonymous namespace)::hidden(int)' --alias 'locked=ns::Box::locked() const' --rename 'ns::Box::set=set' --alias 'half=ns::half<double>' && llvm-nm-19 %t.elf.o | FileCheck %s
// CHECK-DAG: {{ T }}secret
// CHECK-DAG: {{ T }}locked
// CHECK-DAG: {{ T }}set
// CHECK-DAG: {{ [TW] }}half
namespace ns {
namespace {
int hidden(int x) { return x + 1; }
} // namespace
int (*table[])(int) = {hidden};
class Box {
  bool locked() const;
  void set(int x);
  int x_ = 0;
};
bool Box::locked() const { return x_ > 25; }
void Box::set(int x) { x_ = x; }
template <class T> T half(T x) { return x / 2; }
template double half(double);
} // namespace ns
