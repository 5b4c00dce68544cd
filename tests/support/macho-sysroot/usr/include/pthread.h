/* Threads that are started and waited for; nothing here has attributes. */
#pragma once
#include <sysroot/linkage.h>

SYSROOT_BEGIN

typedef struct sysroot_thread *pthread_t;
typedef struct sysroot_thread_attributes pthread_attr_t;

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument);
int pthread_join(pthread_t thread, void **result);
pthread_t pthread_self(void);

SYSROOT_END
