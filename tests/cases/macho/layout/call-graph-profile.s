## LLVM's call graph profile holds symbol indices in a section's contents.
# REQUIRES: clang-19
# RUN: clang-19 -target arm64-apple-macos11 -c %s -o %t.o
# RUN: %macho-rewritten %t.o %t.new --localize _a --alias _second=_b
# RUN: llvm-readobj --cg-profile %t.new | FileCheck %s
# CHECK:      From: _a
# CHECK-NEXT: To: _callee
# CHECK:      From: _b
# CHECK-NEXT: To: _a
.section __TEXT,__text,regular,pure_instructions
.globl _b, _z, _a
_b: bl _a
  ret
_z: ret
_a: bl _callee
  ret
.cg_profile _a, _callee, 10
.cg_profile _b, _a, 20
.subsections_via_symbols
