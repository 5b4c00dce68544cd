/* One wrong use per -DCASE_x; run.sh knows which compilers must refuse it, and with what words. */
#include <linkname/linkname.h>
#ifdef __cplusplus
#define THREAD thread_local
#else
#define THREAD _Thread_local
#endif
int f(int);
extern int v;

#if defined CASE_thread
extern THREAD int t;
LINKNAME(t, "remote");
#elif defined CASE_overload_type
LINKNAME_FN(int(char const *), f, "remote");
#elif defined CASE_empty_remote
LINKNAME(f, "");
#elif defined CASE_four
LINKNAME(f, "remote", "why", "more");
#elif defined CASE_undeclared
LINKNAME(nobody, "remote");
#elif defined CASE_not_a_string
LINKNAME(f, v);
#elif defined CASE_too_long
#define A16 "0123456789abcdef"
#define A256 A16 A16 A16 A16 A16 A16 A16 A16 A16 A16 A16 A16 A16 A16 A16 A16
#define A4096 A256 A256 A256 A256 A256 A256 A256 A256 A256 A256 A256 A256 A256 A256 A256 A256
LINKNAME(f, "remote", A4096 A4096 A4096 A4096 A4096 A4096 A4096 A4096 A4096 A4096 A4096 A4096 A4096 A4096 A4096 A4096);
#elif defined CASE_export
LINKNAME(f);
#elif defined CASE_export_fn
LINKNAME_FN(int(int), f);
#elif defined CASE_export_symbol
LINKNAME_SYMBOL("f");
#elif defined CASE_symver
LINKNAME_SYMVER(f, "f@V1");
#elif defined CASE_by_name
LINKNAME_SYMBOL("f", "remote");
#elif defined CASE_by_name_defined
#ifdef __cplusplus
extern "C"
#endif
int g(int x) { return x; }
LINKNAME_SYMBOL("g", "remote");
#elif defined CASE_after_definition
int f(int x) { return x; }
LINKNAME(f, "remote");
#elif defined CASE_after_definition_var
int v = 1;
LINKNAME(v, "remote");
#elif defined CASE_after_use
int use(void) { return f(1); }
LINKNAME(f, "remote");
#elif defined CASE_static_fn
static int s(int);
LINKNAME(s, "remote");
static int s(int x) { return x; }
int use(void) { return s(1); }
#elif defined CASE_static_var
static int s;
LINKNAME(s, "remote");
int use(void) { return s; }
#elif defined CASE_in_function
int use(void) { LINKNAME(f, "remote"); return 0; }
#elif defined CASE_in_template
template <class T> int use(T) { LINKNAME(f, "remote"); return 0; }
#elif defined CASE_other_namespace
namespace app { LINKNAME(f, "remote"); }
#elif defined CASE_other_namespace_fn
namespace app { LINKNAME_FN(int(int), f, "remote"); }
#elif defined CASE_anonymous
namespace { int a(int); LINKNAME(a, "remote"); int use() { return a(1); } }
#elif defined CASE_anonymous_outside
namespace { int a(int); }
LINKNAME(a, "remote");
#elif defined CASE_member
struct S { static int m(int); };
LINKNAME(S::m, "remote");
#elif defined CASE_instance
template <class T> T tm(T);
LINKNAME((tm<int>), "remote");
#elif defined CASE_overloaded
int f(long);
LINKNAME(f, "remote");
#elif defined CASE_non_static_member
struct S { void m(); };
LINKNAME(S::m, "remote");
#elif defined CASE_private
class S { static int m(int); };
LINKNAME(S::m, "remote");
#elif defined CASE_reference
extern int &r;
LINKNAME(r, "remote");
#elif defined CASE_dllimport
__declspec(dllimport) int imported(int);
LINKNAME(imported, "remote");
#endif
