// SYMBOL("runtime.nanotime") is a C name as its symbol is called, for an asm label: macOS and 32-bit Windows put a `_`
// in front of it. LINKNAME needs no such help.
#pragma once

#define SYMBOL(name) SYMBOL_TEXT(__USER_LABEL_PREFIX__) name
#define SYMBOL_TEXT(prefix) SYMBOL_QUOTED(prefix)
#define SYMBOL_QUOTED(prefix) #prefix
