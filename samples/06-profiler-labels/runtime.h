#pragma once
#include <pthread.h>

// What the runtime shows to everybody: threads.
pthread_t runtime_go(void (*body)(void));
void runtime_wait(pthread_t thread);
