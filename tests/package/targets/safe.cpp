// What a vendor's shared library keeps to itself: a static function, and hidden ones in C and C++.
#define FIRST 10
extern "C" {
static int tumbler(int x) __asm__("tumbler"); // Clang mangles what is static, GCC does not
static int tumbler(int x) { return x + FIRST; }
int (*tumblers[])(int) = {tumbler};
__attribute__((visibility("hidden"))) int dial(int x) { return x + 12; }
int safe_open(int x) { return tumblers[0](x) + dial(x); }
}
namespace safe {
__attribute__((visibility("hidden"))) int turn(int x, const char *how) { return x * (how[0] - 'a'); }
} // namespace safe
int (*turns)(int, const char *) = safe::turn;
