/* What the header-only cases bind to; and they push caller_* back to it. */
int remote_fn(int x) { return x + 100; }
int remote_var = 42;
int const remote_table[3] = {7, 8, 9};
int remote_by_name(int x) { return x + 1000; }
int dotted_fn(int x) __asm__(
#if defined __APPLE__ || (defined _WIN32 && defined __i386__)
    "_"
#endif
    "pkg.dotted$fn");
int dotted_fn(int x) { return x * 2; }

int pushed_fn(int x);
extern int pushed_var;
int provider_calls_back(int x) { return pushed_fn(x) + pushed_var; }
