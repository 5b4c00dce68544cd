// Calls what the shared library exports since the step behind its link, and is asked for a function of its own, as by a
// plugin.
#include <cstdio>
#include <dlfcn.h>

extern "C" int tumbler(int), dial(int);
namespace safe {
int turn(int x, const char *how);
}

extern "C" {
static int pick(int x) __asm__("pick"); // Clang mangles what is static, GCC does not
static int pick(int x) { return x + 2; }
int (*picks[])(int) = {pick};
}

int main() {
  auto *found = reinterpret_cast<int (*)(int)>(dlsym(RTLD_DEFAULT, "pick"));
  std::printf("locksmith: %d %d %d %d\n", tumbler(1), dial(2), safe::turn(10, "c"), found ? found(1) : 0);
  return found && picks[0] == found ? 0 : 1;
}
