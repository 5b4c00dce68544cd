/* LINKNAME_SYMVER: pulls one version of a symbol, and pushes two. */
#include <linkname/linkname.h>
#ifdef __cplusplus
extern "C" {
#endif
#ifdef LIBRARY
int answer_old(void) { return 1; }
int answer_new(void) { return 2; }
LINKNAME_SYMVER(answer_old, "answer@V1");
LINKNAME_SYMVER(answer_new, "answer@@V2");
#else
int first(void);
int answer(void);
LINKNAME_SYMVER(first, "answer@V1");
int main(void) { return first() == 1 && answer() == 2 ? 0 : 1; }
#endif
#ifdef __cplusplus
}
#endif
