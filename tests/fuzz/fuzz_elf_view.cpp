// The ELF room alone.
#include "elf_judge.h"
#include "view_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  return linkname::fuzz::try_view(linkname::fuzz::elf_judge, data, size);
}
