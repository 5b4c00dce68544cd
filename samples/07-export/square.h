// What the function of scoped.cpp is called outside. Export keeps its name; but Microsoft's name for it holds a hash of
// the file's path, which nobody else can write down, so there it is pushed under another.
#pragma once

#ifdef _MSC_VER
#define SQUARE "scoped_square"
#else
#define SQUARE "_ZN12_GLOBAL__N_16squareEi"
#endif
