// A shared library whose parts have no secrets from each other: see HANDSHAKE.
#include <linkname/linkname.h>

int bolts(int doors);
LINKNAME(bolts, "_ZN12_GLOBAL__N_111count_boltsEi");

extern "C" int gate_bolts() { return bolts(2); }
