// What one object defines and another one asks for gets another name: no index speaks of the latter, but it grows too, and
// has to be verified as well.
// REQUIRES: clang-19, llvm-lipo, llvm-ar-19
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: clang-19 --target=x86_64-apple-macos11 -c %s -o x.o && clang-19 --target=arm64-apple-macos11 -DDEFINES -c %s -o arm.o && llvm-lipo -create x.o arm.o -output fat.o
// RUN: %tool rewrite fat.o -o new.o --rename _outside=_a_name_that_is_much_longer_than_the_old_one && llvm-nm --arch=all new.o | FileCheck %s
// RUN: llvm-ar-19 --format=darwin -qcs x.a x.o && llvm-ar-19 --format=darwin -qcs arm.a arm.o && llvm-lipo -create x.a arm.a -output fat.a
// RUN: %tool rewrite fat.a -o new.a --rename _outside=_a_name_that_is_much_longer_than_the_old_one && llvm-nm --arch=all new.a | FileCheck %s
// CHECK-DAG: U _a_name_that_is_much_longer_than_the_old_one
// CHECK-DAG: T _a_name_that_is_much_longer_than_the_old_one
#ifdef DEFINES
int outside(int x) { return x; }
#else
int outside(int);
int inside(int x) { return outside(x) + 1; }
#endif
