#include "check.h"

int checks, failures;

void test_like(void), test_glob(void), test_get_digits(void);

int main(void) {
  test_like();
  test_glob();
  test_get_digits();
  printf("%d checks of SQLite's static functions, %d failures\n", checks, failures);
  return failures != 0;
}
