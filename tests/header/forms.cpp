// Every form, in C++. What tests/header/run.sh compiles in record mode.
#include <linkname/linkname.h>

namespace app {
int pull_fn(int);
extern int pull_var;
extern int const pull_arr[];
int over(int);
int over(long);
int nothrow_fn(char const *, ...) noexcept;
int inside(int x) { return x + 5; }
LINKNAME(inside);
LINKNAME(pull_fn, "first");
}
LINKNAME(app::pull_fn, "remote_fn", "a reason"); LINKNAME(app::pull_var, "remote.var");
LINKNAME(app::pull_arr, "remote_arr");
LINKNAME(app::nothrow_fn, "nothrow");
LINKNAME_FN(int(int), app::over, "over_i");
LINKNAME_FN(int(long), app::over, "over_l", "the other one");

namespace {
int anon(int x) { return x * 2; }
int anon_var = 3;
}
LINKNAME(anon, "anon_pushed");
LINKNAME(anon_var);

namespace ns {
template <class A, class B> A tm(B b) { return static_cast<A>(b) + 1; }
template <class T> struct box { static int count; static int get(T t) { return static_cast<int>(t); } };
template <class T> int box<T>::count = 4;
}
LINKNAME((ns::tm<long, int>), "tm_li");
LINKNAME((ns::box<char>::count), "box_count");
LINKNAME(ns::box<char>::get, "box_get");

struct Address_taker {
    int value;
    Address_taker *operator&() = delete;
    static int made;
    static int make(int);
};
extern Address_taker overloaded_address;
LINKNAME(overloaded_address, "plain");
LINKNAME(Address_taker::made, "made");
LINKNAME(Address_taker::make, "make", "static members too");

extern "C" {
int c_pull(int);
static int c_push(int x) { return x; }
LINKNAME(c_pull, "remote_c");
LINKNAME(c_push, "pushed_c");
}
LINKNAME_SYMBOL("_ZN2ns6Secret3keyE", "key");
LINKNAME_SYMBOL("_ZN2ns6SecretD2Ev");
LINKNAME_FN(int(int), c_pull);

int use(int x) { return app::pull_fn(x) + app::pull_var + app::over(x) + app::over(1L) + anon(x) + anon_var + c_pull(x) + c_push(x) + overloaded_address.value; }
