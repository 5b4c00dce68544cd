// What one verb can do with the symbols that share a name: which of them it means, which it cannot tell apart, and why
// it means none.
#pragma once

#include <linkname/facts.h>
#include <linkname/request.h>

#include <llvm/ADT/SmallVector.h>

#include <cstdint>
#include <span>
#include <string>

namespace linkname::plan {

/// In Facts::symbols. Most names are borne by one or two.
using Positions = llvm::SmallVector<std::uint32_t, 4>;

struct Choice {
  Positions chosen;    ///< what is to be changed
  Positions ambiguous; ///< same-named statics that only a qualifier can tell apart
  Positions already;   ///< ... that are as they are wished to be
  std::string reason;  ///< why nothing is to be changed although there are such symbols
  std::string hint;
};

/// `positions` are all symbols of one name, versions of it included.
[[nodiscard]] Choice choose(Verb verb, const Facts &facts, std::span<const std::uint32_t> positions);

} // namespace linkname::plan
