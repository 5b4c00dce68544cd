// A DLL with code and data that it exports and some that it does not.
#define EXPORTED __declspec(dllexport)
EXPORTED int twice(int x) { return 2 * x; }
EXPORTED int counter = 5;
static int helper(int x) { return x + 100 * counter; }
static int other(int x) { return x - 1; }
int (*const volatile table[])(int) = {helper, other};
EXPORTED int use(int x) { return table[0](table[1](x)); }
