// Two C functions that other objects, or other images, could not call.
#include <linkname/linkname.h>

static int twice(int number) { return 2 * number; }
LINKNAME(twice);

#ifndef _WIN32 // which hides nothing
__attribute__((visibility("hidden")))
#endif
int thrice(int number);
int thrice(int number) { return 3 * number; }
LINKNAME(thrice);
