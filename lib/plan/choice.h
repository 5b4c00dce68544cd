// What one verb can do with the symbols that share a name: which of them it means, which it cannot tell apart, and why
// it means none.
#pragma once

#include <linkname/facts.h>
#include <linkname/request.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace linkname::plan {

struct Choice {
  std::vector<std::uint32_t> chosen;    ///< positions in Facts::symbols that are to be changed
  std::vector<std::uint32_t> ambiguous; ///< same-named statics that only a qualifier can tell apart
  std::vector<std::uint32_t> already;   ///< ... that are as they are wished to be
  std::string reason;                   ///< why nothing is to be changed although there are such symbols
  std::string hint;
};

/// `positions` are all symbols of one name, versions of it included.
[[nodiscard]] Choice choose(Verb verb, const Facts &facts, std::span<const std::uint32_t> positions);

} // namespace linkname::plan
