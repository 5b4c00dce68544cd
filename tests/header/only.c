/* Header-only mode: what docs/header.md says works. Returns 0 if it does. */
#include <linkname/linkname.h>
#ifdef __cplusplus
#define C_NAME extern "C"
#else
#define C_NAME extern
#endif

int local_fn(int);
extern int local_var;
extern int const local_table[3];
int dotted(int);
int mine(int);
extern int my_var;
LINKNAME(local_fn, "remote_fn");
LINKNAME(local_var, "remote_var", "a reason"); LINKNAME(local_table, "remote_table");
LINKNAME(dotted, "pkg.dotted$fn");
LINKNAME(mine, "pushed_fn");
LINKNAME(my_var, "pushed_var");
int mine(int x) { return x + local_fn(x); }
int my_var = 5;
#ifndef NO_SYMBOL
C_NAME int by_name(int);
LINKNAME_SYMBOL("by_name", "remote_by_name");
#endif

#ifdef __cplusplus
namespace app {
int inner(int);
int over(int);
int over(long);
LINKNAME(inner, "remote_fn");
}
LINKNAME_FN(int(int), app::over, "remote_fn");
namespace app { extern int outer; }
LINKNAME(app::outer, "remote_var");
extern "C" {
int c_fn(int);
LINKNAME(c_fn, "remote_fn");
}
#endif

C_NAME int provider_calls_back(int);
int main(void)
{
    if (local_fn(1) != 101 || local_var != 42 || local_table[2] != 9 || dotted(4) != 8)
        return 1;
    if (mine(1) != 102 || my_var != 5 || provider_calls_back(1) != 107)
        return 2;
#ifndef NO_SYMBOL
    if (by_name(1) != 1001)
        return 3;
#endif
#ifdef __cplusplus
    if (app::inner(1) != 101 || app::over(2) != 102 || app::outer != 42 || c_fn(3) != 103)
        return 4;
#endif
    return 0;
}
