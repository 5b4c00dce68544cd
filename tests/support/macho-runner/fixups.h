// Makes an image's pointers true at the address where it lies: the two ways in which a linker writes down what that
// takes.
#pragma once
#include "program.h"

namespace runner {

// LC_DYLD_INFO(_ONLY): rebase, bind, weak bind and lazy bind opcodes. Lazy ones are bound at once.
void apply_opcodes(const Program &program, const Image &image);

// LC_DYLD_CHAINED_FIXUPS: pointers of the formats 64 and 64_OFFSET, imports of the formats 1, 2 and 3.
void apply_chains(const Program &program, const Image &image);

} // namespace runner
