// What compilers put into objects beside code: debug information, unwind tables, data in code, hints for the linker,
// thread-local variables, initialisers, indirect symbols. All of it is kept, whatever moves.
// REQUIRES: clang-14, clang-19
// RUN: env CLANG=clang++-19 CFLAGS="-g -fexceptions" %macho-kinds %s %t \
// RUN:   '%macho-rewritten $o $o.new --alias _one=__Z3usei --alias _two=_tls --localize _gone && llvm-nm $o.new | FileCheck %s'
// RUN: env CLANG=clang++-14 CFLAGS="-g -fexceptions" %macho-kinds %s %t \
// RUN:   '%macho-rewritten $o $o.new --alias _one=__Z3usei --alias _two=_tls --localize _gone && llvm-nm $o.new | FileCheck %s'
// CHECK-DAG: t _gone
// CHECK-DAG: T _one
// CHECK-DAG: {{[DS]}} _two
struct Base {
  virtual ~Base();
  virtual int run(int) = 0;
};
struct Derived : Base {
  int run(int) override;
  int value = 3;
};
int Derived::run(int x) { return x + value; }
extern "C" int outside(int);
extern "C" {
__attribute__((noinline)) int gone(int x) { return outside(x); }
thread_local int tls = 4;
}
inline int shared(int x) {
  static int calls = outside(1);
  return calls += x;
}
int table[] = {1, 2, 3};
int initialised = outside(2);
int use(int x) {
  try {
    switch (x) {
    case 0: return gone(1);
    case 1: return shared(2);
    case 2: return outside(x * 3);
    case 3: return table[x & 1];
    case 4: return outside(x) * 7;
    case 5: return gone(4) + gone(5);
    }
    Derived *d = new Derived;
    int result = d->run(x) + tls;
    delete d;
    return result;
  } catch (int caught) {
    return caught;
  }
}
