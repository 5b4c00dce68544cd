// Whether a few names occur anywhere in some bytes. Most members of an archive hold none of the names that a request
// speaks of, and looking through their bytes takes less time than reading their tables.
#pragma once

#include "base/bytes.h"

#include <string>
#include <string_view>
#include <vector>

namespace linkname {

class ByteSearch {
public:
  /// A name may stand anywhere in the bytes, as a part of another one too. More names than `most`, or one shorter than
  /// `shortest`, occur nearly everywhere and are not worth the search.
  static constexpr std::size_t most = 6;
  static constexpr std::size_t shortest = 4;

  void add(std::string_view name);
  [[nodiscard]] bool is_worth_it() const;

  /// Whether one of the names occurs in `bytes`.
  [[nodiscard]] bool any_in(Bytes bytes) const;

private:
  std::vector<std::string> names_;
  std::size_t longest_ = 0;
};

} // namespace linkname
