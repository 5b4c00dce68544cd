// --dry-run says where the room comes from and writes nothing, in words and in JSON; an empty plan is an identical copy.
// REQUIRES: gcc, bfd
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: gcc -O1 -fPIC -shared -fuse-ld=bfd %S/Inputs/door.c -o a.so && cp a.so orig
// RUN: %tool rewrite a.so --dry-run --export helper_one --hide open_door 2>&1 | FileCheck %s
// CHECK-DAG: a.so: hide 'open_door'  (--hide)
// CHECK-DAG: a.so: export 'helper_one'  (--export)
// CHECK-DAG: note: a.so: .dynsym: the tables find room in what pads their segment's last page
// RUN: %tool rewrite a.so --dry-run --weaken open_door 2>&1 | FileCheck %s --check-prefix=HERE
// HERE: note: a.so: .dynsym: the tables find room where they are
// RUN: %tool rewrite a.so --dry-run --export helper_one --format json | FileCheck %s --check-prefix=JSON
// JSON: "reason": "the tables find room in what pads their segment's last page"
// JSON: "dry_run": true
// JSON: "change": "add"
// JSON: "name": "helper_one"
// RUN: cmp a.so orig && ls | count 2
// A symbol has one index for programs, and another one within its table, as messages count.
// RUN: %tool inspect a.so --format json > seen && %tool rewrite a.so --dry-run --export helper_one --format json > planned
// RUN: python3 -c 'import json; [seen] = [s for s in json.load(open("seen"))["files"][0]["symbols"] if s["name"] == "helper_one"]; \
// RUN:   [edit] = json.load(open("planned"))["files"][0]["edits"]; \
// RUN:   assert seen["index"] == edit["index"] > seen["table_index"] and seen["table"] == ".symtab", (seen, edit)'
// RUN: %tool rewrite a.so -o copy.so && cmp a.so copy.so
// RUN: %tool rewrite a.so && cmp a.so orig
//
// Where the next segment begins right behind, the file grows by a page or by a segment of its own.
// RUN: gcc -O1 -fPIC -shared -fuse-ld=bfd -Wl,-z,noseparate-code %S/Inputs/door.c -o tight.so
// RUN: python3 -c 'print("\n".join(f"alias name_{i} open_door" for i in range(200)))' > many.rules
// RUN: %tool rewrite tight.so -o out.so --dry-run --rules many.rules 2>&1 | FileCheck %s --check-prefix=SEGMENT
// RUN: %tool rewrite tight.so -o out.so --rules many.rules
// SEGMENT: note: tight.so: .dynsym: there is no room around the tables; a new read-only segment of {{[0-9]+}} bytes holds what moves, at the end
// RUN: %tool check out.so && python3 -c 'import ctypes; print([ctypes.CDLL("./out.so")[f"name_{i}"](1) for i in (0, 99, 199)])' | FileCheck %s --check-prefix=MANY
// MANY: [16, 16, 16]
// RUN: readelf -Wn out.so | FileCheck %s --check-prefix=NOTE
// NOTE: .note.gnu.build-id
