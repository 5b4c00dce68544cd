#include "coff/backend.h"

#include "coff/evidence.h"
#include "coff/facts.h"
#include "coff/layout.h"
#include "coff/shape.h"
#include "coff/verify.h"

namespace linkname::coff {
namespace {

bool recognises(Bytes bytes) { return shape_of(bytes) != Shape::none; }

} // namespace

const Backend backend = {
    .recognises = recognises,
    .names = names,
    .inspect = inspect,
    .evidence = evidence,
    .relocations_are_sound = relocations_are_sound,
    .lay_out = [](Bytes bytes, const Plan &plan) { return without_words(lay_out(bytes, plan)); },
    .verify = verify,
};

} // namespace linkname::coff
