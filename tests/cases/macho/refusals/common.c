// Common symbols: storage that the linker allots. A new name moves with them; a second name would be storage of its own.
// REQUIRES: clang-19
// RUN: %macho-kinds %s %t 'cp $o %t.o'
// RUN: %exits 1 %tool rewrite %t.o --alias _new=_shared 2>&1 | FileCheck %s --check-prefix=ALIAS
// ALIAS: error: {{.*}}'_shared': is common: {{.*}}; compile its source with -fno-common
// RUN: %exits 1 %tool rewrite %t.o --localize _shared 2>&1 | FileCheck %s --check-prefix=LOCALIZE
// LOCALIZE: error: {{.*}}'_shared': is common, and common symbols cannot be local
// RUN: %exits 1 %tool rewrite %t.o --weaken _shared 2>&1 | FileCheck %s --check-prefix=WEAKEN
// WEAKEN: error: {{.*}}'_shared': is common, and common symbols cannot be weak
// RUN: %macho-rewritten %t.o %t.new --rename _shared=_renamed --hide _shared
// RUN: llvm-nm -m %t.new | FileCheck %s
// CHECK: (common) (alignment 2^2) private external _renamed{{$}}
__attribute__((common)) int shared;
int user(void) { return shared; }
