// A program: arguments, the C library, variable arguments in registers and on the stack, exit status.
// REQUIRES: macho-runner
// RUN: %macho-everywhere %t '$cc -O2 %s -o $o && %exits 7 $run $o a bc' | FileCheck %s
// CHECK: 3 arguments, the last is bc
// CHECK-NEXT: 1 -2 3000000000 0.50 four c 7 8 9 10 1.25 1.50 1.75 2.00 2.25 2.50 2.75 3.00 3.25
// CHECK-NEXT: sorted: 1 2 3
// CHECK-NEXT: at exit
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int ascending(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
static void at_exit(void) { puts("at exit"); }

int main(int argc, char **argv) {
  atexit(at_exit);
  printf("%d arguments, the last is %s\n", argc, argv[argc - 1]);
  char text[128];
  snprintf(text, sizeof text, "%d %ld %u %.2f %s %c %d %d %d %d %.2f %.2f %.2f %.2f %.2f %.2f %.2f %.2f %.2f", 1, -2L,
           3000000000u, 0.5, "four", 'c', 7, 8, 9, 10, 1.25, 1.5, 1.75, 2.0, 2.25, 2.5, 2.75, 3.0, 3.25);
  fprintf(stdout, "%s\n", text);
  int numbers[] = {3, 1, 2};
  qsort(numbers, 3, sizeof *numbers, ascending);
  printf("sorted: %d %d %d\n", numbers[0], numbers[1], numbers[2]);
  return 7;
}
