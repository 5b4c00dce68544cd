// A C++ function that has no name outside this file.
#include <linkname/linkname.h>

namespace {
int square(int number) { return number * number; }
} // namespace
LINKNAME(square);
