#include "macho/backend.h"

#include "macho/facts.h"
#include "macho/layout.h"
#include "macho/typed.h"
#include "macho/verify.h"

namespace linkname::macho {
namespace {

/// What the object shows is read together with what rewriting needs; until then nothing is claimed.
Result<std::vector<Evidence>> evidence(Bytes, std::span<const std::uint32_t> symbols) {
  return std::vector<Evidence>(symbols.size());
}

/// Nothing has been looked at yet, so nothing is vouched for.
bool relocations_are_sound(Bytes) { return false; }

} // namespace

const Backend backend = {
    .recognises = has_magic,
    .inspect = inspect,
    .evidence = evidence,
    .relocations_are_sound = relocations_are_sound,
    .lay_out = lay_out,
    .verify = verify,
};

} // namespace linkname::macho
