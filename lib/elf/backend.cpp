#include "elf/backend.h"

#include "elf/evidence.h"
#include "elf/facts.h"
#include "elf/image/evidence.h"
#include "elf/image/facts.h"
#include "elf/image/layout.h"
#include "elf/image/lint.h"
#include "elf/image/verify.h"
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

const Backend image_backend = {
    .recognises = is_image,
    .names = [](Bytes bytes) -> Result<std::array<Bytes, 2>> { return std::array{bytes, Bytes{}}; },
    .inspect = inspect_image,
    .evidence = image_evidence,
    .relocations_are_sound = [](Bytes) { return true; }, // debug information in images is relocated already
    .lay_out = lay_out_image,
    .verify = verify_image,
    .lint = lint_image,
};

} // namespace linkname::elf
