/* A whole program with records in it, to be linked with the tool never run. */
#include <linkname/linkname.h>
int first(int x) { return x + 1; }
static int second(int x) { return x * 2; }
int shared = 3;
static int own[4] = {1, 2, 3, 4};
LINKNAME(first, "renamed");
LINKNAME(second, "pushed", "by a test");
LINKNAME(shared);
LINKNAME(own, "owned");
LINKNAME_SYMBOL("third", "fourth");
#ifdef _WIN32
__declspec(dllexport)
#endif
int entry(int x) { return first(x) + second(x) + shared + own[x & 3]; }
int main(void) { return entry(1) == 9 ? 0 : 1; }
