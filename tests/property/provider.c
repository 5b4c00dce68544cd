/* The object that is edited: statics, hidden and weak functions, jump tables, differences, thread-local variables. */
#include <string.h>

#ifdef _WIN32
#define HIDDEN
#else
#define HIDDEN __attribute__((visibility("hidden")))
#endif
#define KEPT __attribute__((used))

int large[5000] = {1, 2, 3};
KEPT static int table[100] = {20, 30};
int *const inside_table = table + 1;
int *const far_away = &large[4000];
int tentative;
static const char *const words[] = {"zero", "one", "two", "three", "four", "five", "six"};
KEPT static int counter = 4;
static _Thread_local int local = 3;

KEPT static int choose(int x) {
  switch (x) {
  case 0:
    return 5;
  case 1:
    return 17;
  case 2:
    return large[x];
  case 3:
    return 99;
  case 4:
    return -3;
  case 5:
    return 12;
  case 6:
    return table[1];
  default:
    return 0;
  }
}
KEPT static const char *word(int x) { return words[x]; }
KEPT static int *where(void) { return &counter; }
HIDDEN int hidden(int x);
int hidden(int x) { return x + *inside_table + local++; }
int sum(int x) { return choose(x) + hidden(x) + (int)strlen(word(x)) + (far_away == &large[4000]) + tentative; }
__attribute__((weak)) int weak(void) { return 1; }
const char *chosen(void) { return "provider"; }
int own(void) { return 7; }
int from_inside(void) { return own() + weak(); }
long distance(void) { return (char *)&large[10] - (char *)&large[2]; }

typedef int function(int);
function *const functions[] = {choose, hidden, sum};
