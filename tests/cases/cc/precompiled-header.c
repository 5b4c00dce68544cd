// A precompiled header repeats the names in its source, the section of records among them. It is no object, and stays.
// REQUIRES: clang-19
// RUN: rm -rf %t && mkdir %t && echo '#include <linkname/linkname.h>' >%t/all.h
// RUN: %tool cc -- %cc -I%include -x c-header -c %t/all.h -o %t/all.h.gch
// RUN: grep -q linkname %t/all.h.gch
// RUN: %tool cc -- %cc -include %t/all.h -I%include -Winvalid-pch -Werror -c %s -o %t/case.o
// RUN: %tool cc -- clang-19 -I%include -x c-header -c %t/all.h -o %t/all.h.pch
// RUN: grep -q linkname %t/all.h.pch
// RUN: %tool cc -- clang-19 -include-pch %t/all.h.pch -I%include -c %s -o %t/case.clang.o
// RUN: llvm-nm %t/case.o %t/case.clang.o | FileCheck %s
// CHECK-COUNT-2: U remote.name

int local(void);
LINKNAME(local, "remote.name");
int caller(void) { return local(); }
