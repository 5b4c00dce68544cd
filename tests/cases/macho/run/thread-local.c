// Thread-local variables: a variable's symbol is that of its descriptor, and it can be renamed, exported and get a second
// name like any other.
// REQUIRES: macho-runner
// RUN: %macho-everywhere %t 'for level in -O0 -O2; do                                                                 \
// RUN:   $cc $level -DPROVIDER -c %s -o $o.provider.o && $cc $level -I%include -c %s -o $o.o &&                       \
// RUN:   %tool rewrite $o.provider.o --alias _second=_first --export _secret 2> /dev/null > /dev/null &&              \
// RUN:   %tool rewrite $o.o --rename _wanted=_first > /dev/null &&                                                    \
// RUN:   $cc $o.o $o.provider.o -o $o && $run $o; done' | FileCheck %s
// CHECK: thread: 1 1 3 0
// CHECK-NEXT: main: 7 7 8 4
// CHECK-NEXT: thread: 1 1 3 0
// CHECK-NEXT: main: 7 7 8 4
#ifdef PROVIDER
_Thread_local int first = 1;
static _Thread_local int secret = 3;
int *address_of_secret(void) { return &secret; }
#else
#include <linkname/linkname.h>
#include <pthread.h>
#include <stdio.h>
extern _Thread_local int wanted, second, secret, pulled;
LINKNAME_SYMBOL("pulled", "secret");
int *address_of_secret(void);
static _Thread_local int zero;
static void *report(void *name) {
  printf("%s: %d %d %d %d\n", (const char *)name, wanted, second,
         &secret == address_of_secret() && &pulled == &secret ? secret : -1, zero);
  wanted = second = secret = zero = -1;
  return 0;
}
int main(void) {
  wanted = 7, secret = 8, zero = 4;
  pthread_t thread;
  pthread_create(&thread, 0, report, "thread");
  pthread_join(thread, 0);
  report("main");
}
#endif
