// The slices of a universal file are worlds of their own: what only one of them defines is somebody else's in the other.
// A pattern has to fit in one of them.
// REQUIRES: clang-19
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: clang-19 -target x86_64-apple-macos11 -ffreestanding -DHERE -c %s -o x.o && clang-19 -target arm64-apple-macos11 -ffreestanding -c %s -o a.o
// RUN: llvm-lipo -create x.o a.o -output both.o && %tool rewrite both.o --suffix _2 --except _quiet | FileCheck %s
// CHECK-DAG: both.o[x86_64]: rename '_f' -> '_f_2'
// CHECK-DAG: both.o[x86_64]: rename '_helper' -> '_helper_2'
// CHECK-DAG: both.o[arm64]: rename '_f' -> '_f_2'
// RUN: llvm-nm -arch arm64 both.o | FileCheck %s --check-prefix=ARM
// ARM: T _f_2
// ARM: U _helper{{$}}
// RUN: %exits 1 %tool rewrite both.o --prefix z_ --only f_2 2>&1 | FileCheck %s --check-prefix=FORGOTTEN
// FORGOTTEN: error: --only: there is no symbol 'f_2' in any of 2 objects; did you mean '_f_2'?
// RUN: printf '_f_2 g\n' > bad.map && %exits 1 %tool rewrite both.o --rename-map bad.map 2>&1 | FileCheck %s --check-prefix=KIND
// KIND: error: bad.map:1: 'g' is no name of the kind of '_f_2'; the platform's '_' stands before both or before none
int helper(void);
#ifdef HERE
int helper(void) { return 1; }
int quiet(void) { return 2; }
#endif
int f(void) { return helper(); }
