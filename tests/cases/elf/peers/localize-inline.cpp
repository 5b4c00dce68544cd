// Localizing an inline function: GNU objcopy leaves it in its group, and when the group is dropped in favour of another
// object's copy, references to it lead nowhere. We refuse and name the way.
// REQUIRES: gcc, objcopy, mold
// RUN: g++ -O0 -DNUMBER=1 -c %s -o %t.1.o && g++ -O0 -c %s -o %t.2.o
// RUN: objcopy --localize-symbol=_Z6sharedi %t.2.o %t.gnu
// RUN: g++ -fuse-ld=mold %t.1.o %t.gnu -o %t.exe && not --crash %t.exe
// RUN: %exits 1 %tool rewrite %t.2.o --localize 'shared(int)' 2>&1 | FileCheck %s
// CHECK: error: {{.*}}'_Z6sharedi': is inline (COMDAT) and cannot be made local: when another object's copy is kept, nothing would be left here; use --hide
// RUN: %rewritten %t.2.o %t.new --hide 'shared(int)' && g++ -fuse-ld=mold %t.1.o %t.new -o %t.exe && %t.exe
inline int shared(int x) { return x * 3; }
#ifdef NUMBER
int first(int x) { return shared(x); }
#else
int first(int x);
int main() { return first(2) + shared(3) != 15; }
#endif
