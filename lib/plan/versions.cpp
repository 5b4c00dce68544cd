#include "plan/versions.h"

#include <algorithm>
#include <functional>
#include <iterator>

namespace linkname::plan {
namespace {

/// Null for a symbol without a version.
const Sharing *sharing_of(const Facts &facts, std::uint32_t position) {
  const std::uint32_t symbol = facts.symbols[position].index;
  const auto found = std::ranges::find(facts.sharing, symbol, &Sharing::symbol);
  return found == facts.sharing.end() ? nullptr : &*found;
}

template <class Fits>
std::vector<std::uint32_t> those_that(const Facts &facts, std::span<const std::uint32_t> positions, Fits fits) {
  std::vector<std::uint32_t> found;
  std::ranges::copy_if(positions, std::back_inserter(found), [&](std::uint32_t position) {
    const Sharing *const sharing = sharing_of(facts, position);
    return sharing != nullptr && fits(*sharing);
  });
  return found;
}

} // namespace

std::vector<std::uint32_t> with_version(const Facts &facts, std::span<const std::uint32_t> positions,
                                        std::string_view version) {
  const bool only_default = version.starts_with("@@");
  version.remove_prefix(only_default ? 2 : 1);
  return those_that(facts, positions, [&](const Sharing &sharing) {
    return sharing.version == version && (sharing.default_version || !only_default);
  });
}

std::vector<std::uint32_t> linkers_choice(const Facts &facts, std::span<const std::uint32_t> positions) {
  std::vector<std::uint32_t> found = those_that(facts, positions, std::mem_fn(&Sharing::default_version));
  return found.size() == 1 ? found : std::vector(positions.begin(), positions.end());
}

} // namespace linkname::plan
