// A small C library: a function of its own, common, thread-local and static data.
int shared;
__thread int calls = 2;
static int quiet(void) { return 3; }
int inner(int x) { return x * VERSION + ++calls + quiet() + ++shared; }
int LIBRARY(int x) { return inner(x); }
