// From what people write to symbols: exact names, `source.c:name`, `#12:name`, wildcards and demangled C++ names, in
// this order; the first reading that finds anything counts (docs/selectors.md).
#pragma once

#include "plan/name_index.h"
#include "plan/subject.h"

#include <linkname/request.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linkname::plan {

/// A selector taken apart. Without a qualifier, `name` is the whole text.
struct Selector {
  std::string_view qualifier; ///< a source file, an object file, or `#` and a symbol index; empty: any
  std::string_view name;
};

/// How a selector can be read: whole, and split at the first colon that is no part of `::`.
class Readings {
public:
  explicit Readings(std::string_view text);

  [[nodiscard]] const Selector *begin() const { return ways_.data(); }
  [[nodiscard]] const Selector *end() const { return ways_.data() + count_; }
  /// The one with the qualifier split off, where there is one.
  [[nodiscard]] const Selector &last() const { return ways_[count_ - 1]; }

private:
  std::array<Selector, 2> ways_;
  std::size_t count_ = 1;
};

/// Mangled names of the languages that LLVM demangles, with or without a platform's underscore.
[[nodiscard]] bool may_be_mangled(std::string_view name);

/// Whether what somebody wrote may be a demangled name: it has parameters or a scope.
[[nodiscard]] bool is_demangled(std::string_view name);

/// Whether the qualifier names where `symbol` comes from.
[[nodiscard]] bool qualifies(std::string_view qualifier, const Subject &subject, const Symbol &symbol);

enum class MatchKind : std::uint8_t {
  none,
  name,      ///< the symbol name itself: same-named statics are a choice to make
  wildcard,  ///< everything that fits is meant
  signature, ///< a demangled name with its parameters: one entity, though it may have several symbols
  function,  ///< a demangled name without parameters: overloads are a choice to make
};

struct Matches {
  MatchKind kind = MatchKind::none;
  std::vector<std::uint32_t> positions; ///< in Facts::symbols, ascending
};

/// What `text` selects in one file. `index` must have been asked for every name in `Readings(text)`.
[[nodiscard]] Matches select(std::string_view text, const Subject &subject, const NameIndex &index);

/// The new name of a rename whose selector and name both hold one `*`: what it stood for is carried over. Nothing where
/// it stood for something else than a part of the symbol's name, such as its demangled form.
[[nodiscard]] std::optional<std::string> wildcard_name(const Request &request, std::string_view symbol);

} // namespace linkname::plan
