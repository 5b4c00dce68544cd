# foo@V1: the objcopies look for the whole string, find nothing and say nothing. We match the base and keep the version.
# REQUIRES: gcc, objcopy, llvm-objcopy
# RUN: gcc -c %s -o %t.o
# RUN: objcopy --redefine-sym foo=bar %t.o %t.gnu && llvm-readelf --symbols %t.gnu | FileCheck %s --check-prefix=OLD
# RUN: llvm-objcopy --redefine-sym foo=bar %t.o %t.llvm && llvm-readelf --symbols %t.llvm | FileCheck %s --check-prefix=OLD
# OLD: foo@V1{{$}}
# RUN: %rewritten %t.o %t.new --rename foo=bar && llvm-readelf --symbols %t.new | FileCheck %s --implicit-check-not=foo@
# CHECK: bar@V1{{$}}
	.text
	.globl impl
	.type impl, @function
impl:
	ret
	.symver impl, foo@V1, remove
