#pragma once
#ifdef __cplusplus
extern "C" {
#endif
int vault_verify(int code);
#ifdef __cplusplus
}
#endif
