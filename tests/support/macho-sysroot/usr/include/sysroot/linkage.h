/* For all headers here: what they declare is C's. */
#pragma once

#ifdef __cplusplus
#define SYSROOT_BEGIN extern "C" {
#define SYSROOT_END }
#else
#define SYSROOT_BEGIN
#define SYSROOT_END
#endif
