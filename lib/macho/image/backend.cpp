// The table of what can be done to linked images.
#include "macho/backend.h"

#include "macho/image/evidence.h"
#include "macho/image/facts.h"
#include "macho/image/layout.h"
#include "macho/image/lint.h"
#include "macho/image/verify.h"
#include "macho/typed.h"

namespace linkname::macho {
namespace {

/// What is neither an object nor one of these is refused by the room for objects, by name.
bool recognises(Bytes bytes) {
  if (!has_magic(bytes))
    return false;
  const bool is_big_endian = bytes.front() == '\xfe';
  constexpr std::uint64_t filetype = 12; // in every header
  if (is_big_endian) {
    const auto type = array_at<llvm::support::ubig32_t>(bytes, filetype, 1);
    return type && is_image(type->front());
  }
  const auto type = array_at<llvm::support::ulittle32_t>(bytes, filetype, 1);
  return type && is_image(type->front());
}

bool has_no_relocations(Bytes /*bytes*/) { return true; } // that anybody would read: the link has used them up

} // namespace

const Backend image_backend = {
    .recognises = recognises,
    .names = names_anywhere, // those of the trie stand there in pieces
    .inspect = image::inspect,
    .evidence = image::evidence,
    .relocations_are_sound = has_no_relocations,
    .lay_out = image::lay_out,
    .verify = image::verify,
    .lint = image::lint,
};

} // namespace linkname::macho
