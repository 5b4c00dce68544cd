// Thread-local variables, one of them another image's; registers survive the call that finds them.
// REQUIRES: macho-runner
// RUN: %macho-everywhere %t '$cc -O2 -DLIBRARY -dynamiclib -install_name liba.dylib %s -o $o.liba.dylib &&   \
// RUN:   $cc -O2 %s $o.liba.dylib -o $o && $run --with $o.liba.dylib $o' | FileCheck %s
// CHECK: thread: 5 0 100 64 17.50
// CHECK-NEXT: main: 1 2 101 64 17.50
#ifdef LIBRARY
_Thread_local int shared = 100;
#else
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
extern _Thread_local int shared;
static _Thread_local int data = 5, zero;
static _Thread_local _Alignas(64) char aligned[3];

__attribute__((noinline)) static double work(double a, double b, double c, double d, int e) {
  return a + zero * b + c * (shared - 99) + d * (data > 0) + e; // many values live across the look-ups
}
static void report(const char *name) {
  int align = (uintptr_t)aligned % 64 == 0 ? 64 : 0;
  int before = shared;
  shared = 100;
  printf("%s: %d %d %d %d %.2f\n", name, data, zero, before, align, work(1.5, 0, 3, 4, 9));
}
static void *body(void *argument) {
  report("thread");
  data = zero = shared = -1;
  return argument;
}
int main(void) {
  data = 1, zero = 2, shared = 101;
  pthread_t thread;
  if (pthread_create(&thread, 0, body, 0) != 0 || pthread_join(thread, 0) != 0)
    return 1;
  report("main");
}
#endif
