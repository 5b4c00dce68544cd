#include "square.h"

#include <linkname/linkname.h>

#include <cstdio>

// Exported names are ordinary names: a declaration is enough.
extern "C" int twice(int number);
extern "C" int thrice(int number);

// The anonymous namespace is part of the symbol's name, which C++ cannot spell here, so it is pulled.
int square(int number);
LINKNAME(square, SQUARE, "exported by scoped.cpp");

int main() {
  std::printf("twice(7) = %d\n", twice(7));
  std::printf("thrice(7) = %d\n", thrice(7));
  std::printf("square(7) = %d\n", square(7));
}
