#include "macho/backend.h"

#include "base/verify_copy.h"
#include "macho/facts.h"
#include "macho/typed.h"

namespace linkname::macho {
namespace {

std::unexpected<Error> not_yet() {
  return fail(Status::refused, "Mach-O object", "rewriting Mach-O objects is not supported yet",
              "a name can be changed with `llvm-objcopy --redefine-sym OLD=NEW`");
}

/// What the object shows is read together with what rewriting needs; until then nothing is claimed.
Result<std::vector<Evidence>> evidence(Bytes, std::span<const std::uint32_t> symbols) {
  return std::vector<Evidence>(symbols.size());
}

/// Nothing has been looked at yet, so nothing is vouched for.
bool relocations_are_sound(Bytes) { return false; }

Result<Splices> lay_out(Bytes, const Plan &plan) {
  if (!plan.empty())
    return not_yet();
  return Splices{};
}

Result<void> verify(Bytes before, const Plan &plan, Bytes after, const Settle &settle) {
  if (!plan.empty())
    return not_yet();
  return verify_copy(before, after, settle);
}

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
