// An exception whose type is isolated is still caught outside by its name, and so is one whose type was kept.
// REQUIRES: gcc, clang-19, bfd, gold, lld, mold
// RUN: rm -rf %t && mkdir %t && cd %t && g++ -c %s -o main.o
// RUN: g++ -fPIC -DLIBRARY -c %s -o lib.o && %tool rewrite lib.o --isolate --keep kept > edits.txt
// RUN: FileCheck %s --check-prefix=ALL < edits.txt && %link-and-run %t/exe g++ main.o lib.o | FileCheck %s
// ALL: rename '_ZTIN2ns5ErrorE' -> '_ZTIN2ns5ErrorE.lib_
// RUN: clang++-19 -fPIC -O2 -DLIBRARY -c %s -o lib.o && %tool rewrite lib.o --isolate --keep kept --keep 'typeinfo for ns::*' --keep 'typeinfo name for ns::*' > edits.txt
// RUN: FileCheck %s --check-prefix=SOME < edits.txt && %link-and-run %t/exe g++ main.o lib.o | FileCheck %s
// SOME-NOT: _ZT{{[IS]}}N2ns5ErrorE'
// CHECK: bad 7
#include <cstdio>
#include <stdexcept>
namespace ns {
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
  virtual int code() const { return 7; }
};
} // namespace ns
extern "C" void kept(int);
#ifdef LIBRARY
namespace ns {
void helper(int x) {
  if (x)
    throw Error("bad");
}
} // namespace ns
void kept(int x) { ns::helper(x); }
#else
int main() {
  try {
    kept(1);
  } catch (const ns::Error &error) {
    std::printf("%s %d\n", error.what(), error.code());
  }
}
#endif
