// Statics of a linked library, of which the table for debuggers has the names: which one is meant, and what comes of it.
// REQUIRES: gcc, bfd
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: cp %S/Inputs/door.c one.c && cp %S/Inputs/door.c two.c
// RUN: gcc -O1 -fPIC -c one.c && gcc -O1 -fPIC -DOTHER -Dkept=kept_too -c two.c && gcc -shared -fuse-ld=bfd one.o two.o -o a.so
//
// RUN: %tool rewrite a.so -o out.so --export helper_one --alias opened=one.c:same --export kept 2>&1 | FileCheck %s
// CHECK-DAG: a.so: export 'helper_one'  (--export)
// CHECK-DAG: a.so: export 'kept'  (--export)
// CHECK-DAG: a.so: add 'opened' = 'same'  (--alias)
// Where the room comes from is told by a dry run alone.
// RUN: %tool rewrite a.so -o out.so --export helper_one --alias opened=one.c:same --export kept 2>&1 | not grep -e '.dynsym: '
// RUN: %tool rewrite a.so --dry-run --export helper_one --alias opened=one.c:same --export kept 2>&1 | FileCheck %s --check-prefixes=CHECK,ROOM
// ROOM-DAG: note: a.so: .dynsym: the tables find room in what pads their segment's last page
// RUN: nm -D --defined-only out.so | FileCheck %s --check-prefix=NAMES
// NAMES: helper_one
// NAMES: kept
// NAMES: opened
// RUN: python3 -c 'import ctypes; lib = ctypes.CDLL("./out.so"); print(lib.helper_one(1), lib.kept(1), lib.opened(1))' 2>&1 | FileCheck %s --check-prefix=LAZY
// LAZY: 2 4 3
//
// RUN: %tool check out.so | FileCheck %s --check-prefix=AGREE
// AGREE: out.so: elf64-little-x86-64, its tables agree
//
// The same again is done already, and gives the same bytes from the same.
// RUN: %tool rewrite out.so -o again.so --export helper_one --alias opened=one.c:same --export kept 2>&1 | FileCheck %s --check-prefix=AGAIN
// AGAIN-NOT: error
// RUN: cmp out.so again.so
// RUN: %tool rewrite a.so -o twin.so --export helper_one --alias opened=one.c:same --export kept && cmp out.so twin.so
//
// Two statics of one name.
// RUN: %exits 1 %tool rewrite a.so -o no.so --export same 2>&1 | FileCheck %s --check-prefix=TWO
// TWO: error: --export: 'same' could be any of these; say which
// TWO-NEXT: a.so: .symtab[{{[0-9]+}}] 'same' (one.c, 0x{{[0-9a-f]+}})
// TWO-NEXT: a.so: .symtab[{{[0-9]+}}] 'same' (two.c, 0x{{[0-9a-f]+}})
// RUN: %exits 1 %tool rewrite a.so -o no.so --export same --all 2>&1 | FileCheck %s --check-prefix=ALL
// ALL: 'same': cannot be made known as 'same': a.so: .symtab[{{[0-9]+}}] 'same' is to bear that name; choose another name
//
// What is exported, and names that are not there.
// RUN: %tool rewrite a.so -o same.so --export open_door 2>&1 | FileCheck %s --check-prefix=ALREADY
// ALREADY: note: --export: 'open_door' is so already; nothing to do
// RUN: cmp a.so same.so
// RUN: %exits 1 %tool rewrite a.so -o no.so --export helper_ome 2>&1 | FileCheck %s --check-prefix=NEAR
// NEAR: error: --export: there is no symbol 'helper_ome' in a.so; did you mean 'helper_one'?
// RUN: test ! -e no.so
