#include "plan/versions.h"

#include <algorithm>
#include <functional>
#include <iterator>

namespace linkname::plan {
namespace {

template <class Fits>
std::vector<std::uint32_t> those_that(const Facts &facts, std::span<const std::uint32_t> positions, Fits fits) {
  std::vector<std::uint32_t> found;
  std::ranges::copy_if(positions, std::back_inserter(found),
                       [&](std::uint32_t position) { return fits(facts.sharing_of(facts.symbols[position])); });
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
