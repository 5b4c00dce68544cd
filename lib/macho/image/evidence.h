// What a linked image itself shows about its definitions: Backend::evidence.
#pragma once

#include "base/backend.h"

namespace linkname::macho::image {

Result<std::vector<Evidence>> evidence(Bytes bytes, std::span<const std::uint32_t> symbols);

} // namespace linkname::macho::image
