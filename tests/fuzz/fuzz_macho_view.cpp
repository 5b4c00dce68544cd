// The Mach-O room alone.
#include "macho_judge.h"
#include "view_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  return linkname::fuzz::try_view(linkname::fuzz::macho_judge, data, size);
}
