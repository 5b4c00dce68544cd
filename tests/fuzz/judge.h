// What a fuzz target needs of a format beside its backend: a second opinion, from a reader that has nothing in common
// with the library.
#pragma once

#include "fuzz.h"

#include "base/backend.h"

#include <string_view>

namespace linkname::fuzz {

struct Judge {
  const Backend &backend;

  /// Whether no two tables share a byte. In an object where they do, changing one changes another, and little can be
  /// promised beyond not crashing.
  bool (*nothing_overlaps)(std::string_view file);

  /// Requires that only tables of symbols and their companions differ, and that what was aligned still is.
  /// `indices_move`: what holds symbol indices may differ too.
  void (*require_same_contents)(std::string_view before, std::string_view after, bool indices_move);
};

} // namespace linkname::fuzz
