#include "macho/backend.h"

#include "macho/evidence.h"
#include "macho/facts.h"
#include "macho/layout.h"
#include "macho/typed.h"
#include "macho/verify.h"

namespace linkname::macho {
namespace {

Result<LaidOut> lay_out_object(Bytes bytes, const Plan &plan) { return without_words(lay_out(bytes, plan)); }

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

} // namespace linkname::macho
