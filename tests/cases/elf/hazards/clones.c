// GCC's copies with other parameters are refused by name and by wildcard; their original is gone, and the message says why.
// REQUIRES: gcc
// RUN: gcc -O2 -c %s -o %t.o
// RUN: %exits 1 %tool rewrite %t.o --export constant 2>&1 | FileCheck %s --check-prefix=GONE
// GONE: error: --export: there is no symbol 'constant' in {{.*}}; the optimiser has left only 'constant.{{[a-z.0-9]+}}', which is not called as it is written: put LINKNAME(constant) into its source, which makes the compiler keep it
// RUN: %exits 1 %tool rewrite %t.o --export 'constant*' 2>&1 | FileCheck %s --check-prefix=CLONE
// CLONE: error: {{.*}}'constant.{{[a-z.0-9]+}}': calling or using it from outside is not safe: '{{[a-z.0-9]+}}' marks a copy whose parameters or extent the compiler has changed
__attribute__((noinline)) static int constant(int x, int factor) { return x * factor + x / 3; }
int api(int x) { return constant(x, 3) + constant(x + 1, 3); }
