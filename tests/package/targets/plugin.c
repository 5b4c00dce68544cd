#include <linkname/linkname.h>

int turn(int times);
LINKNAME(turn, "cell.turn");

int plugin_turn(void);
int plugin_turn(void) { return turn(41); }
