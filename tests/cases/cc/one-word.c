// Much that starts compilers and linkers takes a launcher of one word only: under the names linkname-cc and linkname-link,
// whatever they lead to, the tool takes a command without `--`.
// RUN: rm -rf %t && mkdir %t && ln -s %tool %t/linkname-cc && ln -s %tool %t/linkname-link
// RUN: %t/linkname-cc %cc -I%include -c %s -o %t/case.o
// RUN: llvm-nm %t/case.o | FileCheck %s --check-prefix NAMES
// NAMES: U other{{$}}
// RUN: %t/linkname-cc %cc -c -x c %S/Inputs/other.c -o %t/other.o
// RUN: %t/linkname-link %cc %t/case.o %t/other.o -o %t/program && %t/program
// RUN: %t/linkname-link --dry-run -- %cc %t/case.o %t/other.o -o %t/program | FileCheck %s --check-prefix BOUND
// BOUND: other

// Options come before the command, and its own stay its own.
// RUN: %t/linkname-cc --help | FileCheck %s --check-prefix HELP
// HELP: Usage: linkname-tool cc
// RUN: %t/linkname-cc %cc --help | FileCheck %s --check-prefix COMPILER
// COMPILER-NOT: linkname-tool
// RUN: %exits 2 %t/linkname-cc 2>&1 | FileCheck %s --check-prefix NOTHING
// RUN: %exits 2 %t/linkname-link 2>&1 | FileCheck %s --check-prefix NOTHING
// NOTHING: error: a {{compiler|linker}}'s command after -- is required

// Another name changes nothing.
// RUN: ln -s %tool %t/compiler-cc && %exits 2 %t/compiler-cc %cc -c %s 2>&1 | FileCheck %s --check-prefix OTHER
// OTHER: is no command
#include <linkname/linkname.h>

int local(void);
LINKNAME(local, "other");
int main(void) { return local(); }
