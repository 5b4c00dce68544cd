#include "coff/evidence.h"

namespace linkname::coff {
Result<std::vector<Evidence>> evidence(Bytes, std::span<const std::uint32_t> symbols) {
  return std::vector<Evidence>(symbols.size());
}
bool relocations_are_sound(Bytes) { return false; }
} // namespace linkname::coff
