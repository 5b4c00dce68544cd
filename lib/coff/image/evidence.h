// What a linked image shows about the ABI of its definitions, without debug information (docs/hazards.md).
#pragma once

#include "base/backend.h"

namespace linkname::coff {

Result<std::vector<Evidence>> image_evidence(Bytes bytes, std::span<const std::uint32_t> symbols);

} // namespace linkname::coff
