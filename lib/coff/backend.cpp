#include "coff/backend.h"

#include "coff/evidence.h"
#include "coff/facts.h"
#include "coff/image/evidence.h"
#include "coff/image/facts.h"
#include "coff/image/image.h"
#include "coff/image/layout.h"
#include "coff/image/lint.h"
#include "coff/image/verify.h"
#include "coff/layout.h"
#include "coff/shape.h"
#include "coff/verify.h"

namespace linkname::coff {
namespace {

bool recognises(Bytes bytes) { return shape_of(bytes) != Shape::none; }

Result<LaidOut> lay_out_object(Bytes bytes, const Plan &plan) { return without_words(lay_out(bytes, plan)); }

/// There are no relocations that LLVM could stumble over.
bool is_readable_image(Bytes bytes) { return Image::create(bytes).has_value(); }

} // namespace

const Backend backend = {
    .recognises = recognises,
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
    .relocations_are_sound = is_readable_image,
    .lay_out = lay_out_image,
    .verify = verify_image,
    .lint = lint_image,
};

} // namespace linkname::coff
