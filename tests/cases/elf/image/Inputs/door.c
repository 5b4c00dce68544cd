/* A small library: statics of two files, one of which is another file's too, a hidden function, an import. */
int calls_outside(int) __attribute__((weak));
__attribute__((visibility("hidden"))) int kept(int x) { return x + 3; }
#ifdef OTHER
static int same(int x) { return x * 2; }
int (*const other_table[])(int) = {same};
#else
static int helper_one(int x) { return x + 1; }
static int same(int x) { return x + 2; }
int (*const first_table[])(int) = {helper_one, same};
int other_door(int x) { return x + 9; }
int open_door(int x) { return kept(x) + first_table[0](x) + other_door(x); }
int counter = 4;
int use(int x) { return calls_outside(x); }
#endif
