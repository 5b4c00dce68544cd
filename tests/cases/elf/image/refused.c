// What makes no sense in a linked library, or would have two meanings there, is refused with what to do instead.
// REQUIRES: gcc, bfd
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: gcc -O1 -fPIC -shared -fuse-ld=bfd %S/Inputs/door.c -o a.so
//
// RUN: %exits 1 %tool rewrite a.so -o no.so --localize open_door 2>&1 | FileCheck %s --check-prefix=LOCALIZE
// LOCALIZE: .dynsym[{{[0-9]+}}] 'open_door': is in a linked image, where whatever is not exported is local; use --hide
// RUN: %exits 1 %tool rewrite a.so -o no.so --rename helper_one=other 2>&1 | FileCheck %s --check-prefix=RENAME
// RENAME: .symtab[{{[0-9]+}}] 'helper_one': is not exported, so nobody outside speaks of it by name; use --export, or --alias NEW=OLD
// RUN: %exits 1 %tool rewrite a.so -o no.so --weaken helper_one 2>&1 | FileCheck %s --check-prefix=WEAKEN
// WEAKEN: 'helper_one': is static, and only global symbols can be weak; export it first
// RUN: %exits 1 %tool rewrite a.so -o no.so --hide calls_outside 2>&1 | FileCheck %s --check-prefix=HIDE
// HIDE: 'calls_outside': is only declared here; only its definition can be hidden
// RUN: %exits 1 %tool rewrite a.so -o no.so --export calls_outside 2>&1 | FileCheck %s --check-prefix=EXPORT
// EXPORT: 'calls_outside': is only declared here; there is no definition here to export
//
// A loader knows a name once, whether it is exported or imported.
// RUN: %exits 1 %tool rewrite a.so -o no.so --alias open_door=counter 2>&1 | FileCheck %s --check-prefix=EXPORTED
// EXPORTED: 'counter': cannot be made known as 'open_door', which is defined here already: .dynsym[{{[0-9]+}}] 'open_door'; choose another name
// RUN: %exits 1 %tool rewrite a.so -o no.so --alias calls_outside=helper_one 2>&1 | FileCheck %s --check-prefix=IMPORTED
// RUN: %exits 1 %tool rewrite a.so -o no.so --rename open_door=calls_outside 2>&1 | FileCheck %s --check-prefix=IMPORTED
// IMPORTED: cannot be known as 'calls_outside', which this image imports already: .dynsym[{{[0-9]+}}] 'calls_outside'; choose another name
// RUN: %exits 1 %tool rewrite a.so -o no.so --rename calls_outside=open_door 2>&1 | FileCheck %s --check-prefix=BOTH
// BOTH: 'calls_outside': cannot be known as 'open_door', which this image exports already
// RUN: test ! -e no.so
//
// Programs and libraries of which a loader could look nothing up.
// RUN: sh -c 'echo "int main(void) { return 0; }" > main.c'
// RUN: gcc -static main.c -o static && %exits 1 %tool rewrite static -o no --export main 2>&1 | FileCheck %s --check-prefix=STATIC
// STATIC: error: static: .dynamic: there is no table of symbols that a loader could look names up in; rewrite the objects that it is linked from
// RUN: llvm-objcopy --strip-sections a.so bare.so && %exits 1 %tool rewrite bare.so -o no --alias one_more=open_door 2>&1 | FileCheck %s --check-prefix=BARE
// BARE: error: bare.so: ELF header: the image has no section headers, so nobody knows what its bytes are; take it as it was before `sstrip` or a packer
// RUN: %tool check bare.so
// RUN: test ! -e no
