/* Clocks, with macOS's numbers. */
#pragma once
#include <sysroot/linkage.h>

SYSROOT_BEGIN

typedef long time_t;
typedef int clockid_t;
struct timespec {
  time_t tv_sec;
  long tv_nsec;
};

#define CLOCK_REALTIME 0
#define CLOCK_MONOTONIC 6

int clock_gettime(clockid_t clock, struct timespec *now);

SYSROOT_END
