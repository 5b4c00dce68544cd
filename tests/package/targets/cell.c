/* An object that is linked as it is, and hands out a function under another name. */
#include <linkname/linkname.h>

static int turn_key(int times) { return times + 1; }
LINKNAME(turn_key, "cell.turn");
