#include "elf/backend.h"

#include "elf/evidence.h"
#include "elf/facts.h"
#include "elf/layout.h"
#include "elf/typed.h"
#include "elf/verify.h"

namespace linkname::elf {

const Backend backend = {
    .recognises = has_magic,
    .inspect = inspect,
    .evidence = evidence,
    .lay_out = lay_out,
    .verify = verify,
};

} // namespace linkname::elf
