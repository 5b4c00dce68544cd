#include "elf/backend.h"

#include "elf/evidence.h"
#include "elf/facts.h"
#include "elf/image/evidence.h"
#include "elf/image/facts.h"
#include "elf/image/layout.h"
#include "elf/image/lint.h"
#include "elf/image/opening_tables.h"
#include "elf/image/verify.h"
#include "elf/layout.h"
#include "elf/typed.h"
#include "elf/verify.h"

namespace linkname::elf {

namespace {

Result<LaidOut> lay_out_object(Bytes bytes, const Plan &plan) { return without_words(lay_out(bytes, plan)); }

/// The debug information of an image is relocated already.
bool is_relocated(Bytes /*bytes*/) { return true; }

} // namespace

const Backend backend = {
    .recognises = has_magic,
    .names = names,
    .inspect = inspect,
    .evidence = evidence,
    .relocations_are_sound = relocations_are_sound,
    .lay_out = lay_out_object,
    .verify = verify,
};

const Backend image_backend = {
    .recognises = is_image,
    .names = names_anywhere,
    .inspect = inspect_image,
    .evidence = image_evidence,
    .relocations_are_sound = is_relocated,
    .lay_out = lay_out_image,
    .verify = verify_image,
    .lint = lint_image,
    .end_of_opening_tables = end_of_opening_tables,
};

} // namespace linkname::elf
