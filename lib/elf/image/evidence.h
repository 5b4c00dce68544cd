// What an image shows about the ABI of its private definitions: whether data of it holds their addresses, which the
// loader's relative relocations say.
#pragma once

#include "base/backend.h"

namespace linkname::elf {

Result<std::vector<Evidence>> image_evidence(Bytes bytes, std::span<const std::uint32_t> symbols);

} // namespace linkname::elf
