#include <linkname/linkname.h>

#include <stdint.h>
#include <stdio.h>

int64_t runtimeNano(void);
LINKNAME(runtimeNano, "runtime.nanotime", "the runtime keeps its monotonic clock to itself");

int main(void) {
  int64_t start = runtimeNano();
  int64_t end = runtimeNano();
  puts(start > 0 && end >= start ? "the clock runs" : "the clock stands still");
}
