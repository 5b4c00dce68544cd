/* Owns a static function and lets others bind to it. */
#include <linkname/linkname.h>

static int doubled(int x) { return 2 * x; }
LINKNAME(doubled);
