#include "elf/backend.h"

#include "elf/evidence.h"
#include "elf/facts.h"
#include "elf/layout.h"
#include "elf/typed.h"
#include "elf/verify.h"

namespace linkname::elf {

const Backend backend = {
    .recognises = has_magic,
    .names = names,
    .inspect = inspect,
    .evidence = evidence,
    .relocations_are_sound = relocations_are_sound,
    .lay_out = [](Bytes bytes, const Plan &plan) { return without_words(lay_out(bytes, plan)); },
    .verify = verify,
};

} // namespace linkname::elf
