// A second name by name: GNU's `--add-symbol` takes an offset and, without a section, writes an absolute 0; neither takes the
// name of another symbol.
// REQUIRES: gcc, objcopy, llvm-objcopy
// RUN: gcc -O2 -c %s -o %t.o && gcc -O2 -c -DMAIN %s -o %t.main.o
// RUN: objcopy --add-symbol second=foo %t.o %t.gnu 2>/dev/null && llvm-readelf --symbols %t.gnu | FileCheck %s --check-prefix=GNU
// RUN: not llvm-objcopy --add-symbol second=foo %t.o %t.llvm 2>/dev/null
// GNU: {{0+}} 0 NOTYPE GLOBAL DEFAULT ABS second{{$}}
// RUN: %rewritten %t.o %t.new --alias second=foo && gcc %t.new %t.main.o -o %t.exe && %t.exe
#ifdef MAIN
int foo(void), second(void);
int main(void) { return second() != 3 || foo != second; }
#else
int pad(void) { return 1; }
int foo(void) { return 3; }
#endif
