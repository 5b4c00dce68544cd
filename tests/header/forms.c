/* Every form, in C. What tests/header/run.sh compiles in record mode. */
#include <linkname/linkname.h>

int pull_fn(int);
extern int pull_var;
extern int pull_arr[];
extern char const *const pull_names[4];
int export_fn(int x) { return x + 1; }
static int push_fn(int x) { return x * 3; }
static int push_var = 7;
static int const push_table[3] = {1, 2, 3};
#ifdef __ELF__
__attribute__((visibility("hidden")))
#endif
int hidden_fn(int x) { return x - 1; }

LINKNAME(pull_fn, "remote_fn"); LINKNAME(pull_var, "remote.var");
LINKNAME(pull_arr, "remote_arr");
LINKNAME(pull_names, "runtime..inittask");
LINKNAME(export_fn);
LINKNAME(push_fn, "go.shape/pkg.(*T).M");
LINKNAME(push_var, "pushed_var", "why: 100% {a|b} \"q\" \\back ~ \t $x @ #; it's");
LINKNAME(push_table, "pushed_table");
LINKNAME(hidden_fn);
LINKNAME_FN(int(int), pull_fn, "second");
LINKNAME_FN(int(int), push_fn);
LINKNAME_FN(int(int), push_fn, "third", "both");
LINKNAME_SYMBOL("later", "much_later");
LINKNAME_SYMBOL("hidden_thing");
LINKNAME_SYMBOL("_ZN2ns3barEi", "f$x", "by name");

int use(int x) { return pull_fn(x) + pull_var + pull_arr[1] + push_fn(x) + push_var + push_table[x] + pull_names[0][0]; }
