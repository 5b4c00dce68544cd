// Pulls two variables: a pointer and a large array.
#include "runtime.h"

#include <linkname/linkname.h>

#include <stdio.h>
#include <string.h>

extern const struct error *overflowError;
LINKNAME(overflowError, "runtime.overflowError", "the caller must be able to tell this error from all others");

extern unsigned char zeroVal[zero_size];
LINKNAME(zeroVal, "runtime.zeroVal", "one kilobyte of zeros is there already");

int main(void) {
  static const unsigned char zeros[zero_size];
  printf("overflowError: %s\n", overflowError->text);
  printf("zeroVal: %zu bytes, %s, %s\n", sizeof zeroVal,
         memcmp(zeroVal, zeros, zero_size) == 0 ? "all zero" : "not zero",
         zeroVal == runtime_zero() ? "the runtime's own" : "a copy");
  runtime_report();
}
