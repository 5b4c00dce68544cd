// The symbols of .symtab that stand for a section go with it where a table of the loader moves.
// REQUIRES: gcc, mold
// RUN: gcc -O1 -fPIC -shared -fuse-ld=mold %S/Inputs/door.c -o %t.so
// RUN: %tool rewrite %t.so -o %t.new.so --export helper_one --alias one_more=open_door
// RUN: not cmp -s %t.so %t.new.so && readelf -WS -s %t.so | FileCheck %s && readelf -WS -s %t.new.so | FileCheck %s
// CHECK: .gnu.hash {{ *}}GNU_HASH {{ *}}[[HASH:[0-9a-f]+]]
// CHECK: .dynsym {{ *}}DYNSYM {{ *}}[[SYMBOLS:[0-9a-f]+]]
// CHECK: .dynstr {{ *}}STRTAB {{ *}}[[STRINGS:[0-9a-f]+]]
// CHECK: Symbol table '.symtab'
// CHECK-DAG: [[HASH]] {{ *}}0 SECTION LOCAL  DEFAULT {{ *[0-9]+}} .gnu.hash
// CHECK-DAG: [[SYMBOLS]] {{ *}}0 SECTION LOCAL  DEFAULT {{ *[0-9]+}} .dynsym
// CHECK-DAG: [[STRINGS]] {{ *}}0 SECTION LOCAL  DEFAULT {{ *[0-9]+}} .dynstr
