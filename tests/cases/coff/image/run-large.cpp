// GNU's C++ library with thousands of exports, exceptions, thread-local storage and symbols for debuggers: what a program
// finds in it works as before, where the tables stand where they were, in a new section, and stripped behind that.
// REQUIRES: mingw, wine
// RUN: rm -rf %t.d && mkdir -p %t.d && x86_64-w64-mingw32-g++ -O1 %s -o %t.d/program.exe
// RUN: bash -c 'cp $(x86_64-w64-mingw32-gcc -print-file-name=libstdc++-6.dll) $(x86_64-w64-mingw32-gcc -print-file-name=libgcc_s_seh-1.dll) %t.d'
// RUN: %image-rewritten second %t.d/libstdc++-6.dll %t.1.dll --alias second=_ZSt9terminatev 2>&1 | FileCheck --check-prefix=SAME %s
// SAME: exports: {{[0-9]+}} bytes at 0x{{[0-9a-f]+}}, where they were
// RUN: cp %t.1.dll %t.d/libstdc++-6.dll && %wine %t.d/program.exe | FileCheck %s
// RUN: python3 -c "for i in range(2000): print(f'alias many_{i} _ZSt9terminatev')" > %t.rules
// RUN: %image-rewritten 'many*' %t.1.dll %t.2.dll --rules %t.rules 2>&1 | FileCheck --check-prefix=NEW %s
// NEW: exports: {{[0-9]+}} bytes at 0x{{[0-9a-f]+}}, in a new section, .edata
// RUN: cp %t.2.dll %t.d/libstdc++-6.dll && %wine %t.d/program.exe | FileCheck %s
// RUN: x86_64-w64-mingw32-strip %t.d/libstdc++-6.dll && %wine %t.d/program.exe | FileCheck %s
// CHECK: thrown and caught
// CHECK: the same
#include <iostream>
#include <stdexcept>
#include <windows.h>

int main() {
  try {
    throw std::runtime_error("thrown");
  } catch (const std::exception &exception) {
    std::cout << exception.what() << " and caught" << std::endl;
  }
  const HMODULE library = GetModuleHandleA("libstdc++-6.dll");
  const bool same = GetProcAddress(library, "second") == GetProcAddress(library, "_ZSt9terminatev");
  std::cout << (same ? "the same" : "another") << std::endl;
}
