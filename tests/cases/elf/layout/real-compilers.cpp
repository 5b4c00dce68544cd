// Objects as compilers write them, in pieces and with debug information: an empty plan gives the same bytes, an edit
// touches the symbol table alone.
// REQUIRES: gcc, clang-14, clang-19
// RUN: gcc -O2 -g -c %s -o %t.gcc.o
// RUN: gcc -O0 -ffunction-sections -fdata-sections -c %s -o %t.gcc0.o
// RUN: clang-14 -O2 -g -c %s -o %t.clang14.o
// RUN: clang-19 -O2 -g -gz -ffunction-sections -c %s -o %t.clang19.o
// RUN: %rewritten %t.gcc.o %t.new --rename 'use(int)=renamed' --alias 'second=use(int)' --localize table
// RUN: %rewritten %t.gcc0.o %t.new --rename 'use(int)=renamed' --alias 'second=use(int)' --localize table
// RUN: %rewritten %t.clang14.o %t.new --rename 'use(int)=renamed' --alias 'second=use(int)' --localize table
// RUN: %rewritten %t.clang19.o %t.new --rename 'use(int)=renamed' --alias 'second=use(int)' --localize table
// RUN: llvm-dwarfdump --verify %t.new
#include <string>
#include <vector>
std::vector<std::string> names;
int table[4] = {1, 2, 3, 4};
int use(int index) {
  names.push_back(std::to_string(index));
  try {
    return table[index] + static_cast<int>(names.at(0).size());
  } catch (const std::exception &) {
    return -1;
  }
}
