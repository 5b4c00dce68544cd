// A C++ function that has no name outside this file.
#include "square.h"

#include <linkname/linkname.h>

namespace {
int square(int number) { return number * number; }
} // namespace
#ifdef _MSC_VER
LINKNAME(square, SQUARE);
#else
LINKNAME(square);
#endif
