// What an object shows about the ABI of its definitions, without debug information (docs/hazards.md).
#pragma once

#include "base/backend.h"

namespace linkname::macho {

Result<std::vector<Evidence>> evidence(Bytes bytes, std::span<const std::uint32_t> symbols);

bool relocations_are_sound(Bytes bytes);

} // namespace linkname::macho
