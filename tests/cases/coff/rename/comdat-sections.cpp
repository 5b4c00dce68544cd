// GCC and Clang for mingw call the section of an inline function after it, and its unwind information too; GNU ld tells
// copies apart by these names, so they follow. An exception passes through the renamed function and another object's copy.
// REQUIRES: mingw, wine
// RUN: x86_64-w64-mingw32-g++ -O1 -fno-inline -ffunction-sections -c -DPROVIDER %s -o %t.1.o && x86_64-w64-mingw32-g++ -O1 -fno-inline -c %s -o %t.2.o
// RUN: %rewritten %t.1.o %t.new --rename _Z6thrownI3OneEiv=renamed 2>&1 | FileCheck %s
// RUN: llvm-readobj --sections %t.new | FileCheck %s --check-prefix=SECTIONS
// RUN: x86_64-w64-mingw32-g++ -static %t.new %t.2.o -o %t.exe
// RUN: %wine %t.exe | FileCheck %s --check-prefix=SAYS
// CHECK: warning: {{.*}}'_Z6thrownI3OneEiv': is inline (COMDAT)
// SECTIONS-DAG: Name: .text$renamed (
// SECTIONS-DAG: Name: .xdata$renamed (
// SECTIONS-DAG: Name: .pdata$renamed (
// SAYS: caught 1 in main, 1 in provider
#include <cstdio>
struct One {};
template <class T> int thrown() { throw 1; }
int provider();
#ifdef PROVIDER
int provider() {
  try {
    return thrown<One>();
  } catch (int) {
    return 1;
  }
}
#else
int main() {
  int here = 0;
  try {
    thrown<One>();
  } catch (int) {
    here = 1;
  }
  std::printf("caught %d in main, %d in provider\n", here, provider());
}
#endif
