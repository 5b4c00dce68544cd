// --only and --except take names, wildcards, and demangled names with wildcards or without; a pattern that fits nothing
// is an error. A prefix stands in front of a mangled name, a suffix behind it, where demanglers can still read it.
// REQUIRES: gcc
// RUN: rm -rf %t && mkdir %t && cd %t && g++ -std=c++17 -c %s -o a.o
// RUN: %tool rewrite a.o -o b.o --prefix z_ --suffix _9 --only 'c_*' --except c_two | FileCheck %s --check-prefix=WILD
// WILD: rename 'c_one' -> 'z_c_one_9'
// WILD-NOT: rename
// RUN: %tool rewrite a.o -o b.o --suffix .mine --only 'lib::f' --only 'lib::Box<int>::*' --except 'lib::f(char)' | FileCheck %s --check-prefix=CXX
// CXX-DAG: rename '_ZN3lib1fEi' -> '_ZN3lib1fEi.mine'
// CXX-DAG: rename '_ZN3lib3BoxIiE3getEv' -> '_ZN3lib3BoxIiE3getEv.mine'
// CXX-NOT: _ZN3lib1fEc
// RUN: llvm-nm -C b.o | FileCheck %s --check-prefix=DEMANGLED
// DEMANGLED: T lib::f(int) (.mine)
// RUN: %tool rewrite a.o -o b.o --prefix z_ --only 'lib::f(int)' | FileCheck %s --check-prefix=WHOLE
// WHOLE: rename '_ZN3lib1fEi' -> 'z__ZN3lib1fEi'
// RUN: %exits 1 %tool rewrite a.o -o b.o --prefix z_ --only c_tw --except 'd_*' 2>&1 | FileCheck %s --check-prefix=MISSING
// MISSING: error: --only: there is no symbol 'c_tw' in a.o; did you mean 'c_two'?
// MISSING: error: --except: nothing matches 'd_*' in a.o
// RUN: %tool rewrite a.o -o b.o --prefix z_ --except outside 2>&1 | FileCheck %s --check-prefix=ANYWAY
// ANYWAY: note: --except: 'outside' is only referred to here, and not defined
// RUN: %exits 1 %tool rewrite a.o -o b.o --prefix z_ --only outside 2>&1 | FileCheck %s --check-prefix=ELSEWHERE
// ELSEWHERE: error: --only: 'outside' is only referred to here, and not defined
extern "C" int outside();
extern "C" int c_one() { return outside(); }
extern "C" int c_two() { return 2; }
namespace lib {
int f(int x) { return x; }
int f(char) { return 1; }
template <class T> struct Box {
  T value;
  T get() { return value; }
};
template struct Box<int>;
} // namespace lib
