// Which of several versions of one name a request means, in images, whose names and versions stand in different tables.
// In objects a version is a part of the name (gas manual, ".symver").
#pragma once

#include <linkname/facts.h>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace linkname::plan {

/// Those of `positions` that have the version: `@V` is any entry of that version, `@@V` the one that linkers take.
[[nodiscard]] std::vector<std::uint32_t> with_version(const Facts &facts, std::span<const std::uint32_t> positions,
                                                      std::string_view version);

/// The one that linkers take for the name without a version; all of them where no single one is it.
[[nodiscard]] std::vector<std::uint32_t> linkers_choice(const Facts &facts, std::span<const std::uint32_t> positions);

} // namespace linkname::plan
