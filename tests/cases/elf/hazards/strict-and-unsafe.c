// --strict refuses what cannot be verified; --unsafe NAME takes the risk for that one request, and says so; neither touches
// the other symbols.
// REQUIRES: gcc, clang-19
// RUN: gcc -O2 -c %s -o %t.gcc.o && clang-19 -O2 -c %s -o %t.clang.o && cp %t.gcc.o %t.orig
// RUN: %tool rewrite %t.gcc.o -o %t.new --export open_question 2>&1 | FileCheck %s --check-prefix=WARNS
// WARNS: warning: {{.*}}'open_question': its ABI cannot be verified: nothing in this file shows whether the compiler kept its ABI; put LINKNAME(open_question) into its source, which makes the compiler keep it as it is written
// RUN: %exits 1 %tool rewrite %t.gcc.o --export open_question --strict 2>&1 | FileCheck %s --check-prefix=STRICT
// STRICT: error: {{.*}}'open_question': its ABI cannot be verified: {{.*}}, or say --unsafe open_question if you know better
// RUN: cmp %t.gcc.o %t.orig
// RUN: %tool rewrite %t.gcc.o -o %t.new --export open_question --strict --unsafe open_question
// RUN: %tool rewrite %t.gcc.o -o %t.new --export in_table --strict 2>&1 | FileCheck %s --check-prefix=SAFE --implicit-check-not=warning
// SAFE: export 'in_table'
// RUN: %exits 1 %tool rewrite %t.clang.o --export open_question 2>&1 | FileCheck %s --check-prefix=BROKEN
// BROKEN: error: {{.*}}'open_question': calling or using it from outside is not safe: .llvm_addrsig does not list it
// RUN: %tool rewrite %t.clang.o -o %t.new --export open_question --unsafe open_question 2>&1 | FileCheck %s --check-prefix=RISK
// RISK: warning: {{.*}}'open_question': calling or using it from outside is not safe
// RISK: export 'open_question'
// One of two: the other is refused, and nothing is written.
// RUN: rm -f %t.new && %exits 1 %tool rewrite %t.clang.o -o %t.new --export open_question --export second --unsafe second 2>&1 | FileCheck %s --check-prefix=ONE
// ONE-DAG: error: {{.*}}'open_question': calling or using it from outside is not safe
// ONE-DAG: warning: {{.*}}'second': calling or using it from outside is not safe
// RUN: test ! -e %t.new
// A new name for it is the same risk.
// RUN: %exits 1 %tool rewrite %t.clang.o --alias name=open_question
__attribute__((noinline)) static int open_question(int x) { return x * 7; }
__attribute__((noinline)) static int second(int x) { return x * 9; }
__attribute__((noinline)) static int in_table(int x) { return x * 5; }
int (*table[])(int) = {in_table};
int api(int x) { return open_question(x) + open_question(x + 1) + second(x) + second(x + 3); }
