#pragma once

// What the runtime shows to everybody.
void runtime_print(const char *format, ...); // for code that runs under the runtime only
void app_main(void);                         // the program; the runtime calls it
