// Two versions of a library in one program, for other machines: hidden symbols have relocations of their own there.
// REQUIRES: aarch64-gcc, qemu-aarch64, arm-gcc, qemu-arm, riscv64-gcc, qemu-riscv64, s390x-gcc, qemu-s390x, powerpc64le-gcc, qemu-ppc64le, i686-gcc
// RUN: rm -rf %t && mkdir %t && cd %t
// DEFINE: %{cc} =
// DEFINE: %{run} =
// DEFINE: %{library} = %{cc} -fPIC -fcommon -O1 -c %S/Inputs/counter.c
// DEFINE: %{both} = %{library} -DVERSION=1 -DLIBRARY=count_1 -o 1.o && %tool rewrite 1.o --isolate=one --keep count_1 > 1.txt && \
// DEFINE:   %{library} -DVERSION=2 -DLIBRARY=count_2 -o 2.o && %tool rewrite 2.o --isolate=two --keep count_2 > 2.txt && \
// DEFINE:   %{cc} -shared 1.o 2.o -o both.so && llvm-nm -D --defined-only both.so > names.txt && FileCheck %s --check-prefix=NAMES < names.txt && \
// DEFINE:   %{cc} %s 1.o 2.o -static -o main && %{run} ./main
// REDEFINE: %{cc} = aarch64-linux-gnu-gcc
// REDEFINE: %{run} = qemu-aarch64
// RUN: %{both} | FileCheck %s
// REDEFINE: %{cc} = arm-linux-gnueabihf-gcc
// REDEFINE: %{run} = qemu-arm
// RUN: %{both} | FileCheck %s
// REDEFINE: %{cc} = riscv64-linux-gnu-gcc
// REDEFINE: %{run} = qemu-riscv64
// RUN: %{both} | FileCheck %s
// REDEFINE: %{cc} = s390x-linux-gnu-gcc
// REDEFINE: %{run} = qemu-s390x
// RUN: %{both} | FileCheck %s
// REDEFINE: %{cc} = powerpc64le-linux-gnu-gcc
// REDEFINE: %{run} = qemu-ppc64le
// RUN: %{both} | FileCheck %s
// REDEFINE: %{cc} = i686-linux-gnu-gcc
// REDEFINE: %{run} = env
// RUN: %{both} | FileCheck %s
// CHECK: 8 9 10
// NAMES-NOT: {{inner|shared|calls|thunk}}
// NAMES: T count_1
// NAMES-NEXT: T count_2
// NAMES-NOT: {{inner|shared|calls|thunk}}
#include <stdio.h>
int count_1(int), count_2(int);
int main(void) {
  const int first = count_1(1), second = count_2(1);
  printf("%d %d %d\n", first, second, count_1(1));
}
