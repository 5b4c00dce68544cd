// The COFF room alone.
#include "coff_judge.h"
#include "view_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  return linkname::fuzz::try_view(linkname::fuzz::coff_judge, data, size);
}
