// Symbols that exist because of another one, and through which code may speak of it: mingw's pointer `.refptr.x`, the
// import table's `__imp_x`, the emulated thread-local variable `__emutls_v.x`, for which there is no `x` at all. What
// happens to a name has to happen to them:
//
//   rename          all of them follow, or code would go on speaking of the old name
//   alias, export   `__imp_` and `__emutls_v.` where they are defined here; every object makes its own `.refptr.`
//   weaken          `__emutls_v.`
//   localize        `__emutls_v.`; refused beside a `.refptr.`, of which the linker may keep another object's copy
//
// A name that has companions only is found by its plain name.
#pragma once

#include "plan/wish.h"

#include <linkname/facts.h>
#include <linkname/request.h>

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace linkname::plan {

struct Companion {
  std::uint32_t position = 0; ///< in Facts::symbols
  std::string lead;           ///< what stands before the name
  bool bare_name = false;     ///< the platform's prefix stands before `lead` instead of before the name
  bool has_variable = false;  ///< it is the variable itself, as others see it
};

/// Those of one file.
class Companions {
public:
  explicit Companions(const Facts &facts);

  /// The companions of the symbol called `name`, there or not.
  [[nodiscard]] std::span<const Companion> of(std::string_view name) const;

  /// Their positions by their own names.
  [[nodiscard]] std::vector<std::uint32_t> bearers(std::string_view full_name) const;

  /// Whether code here speaks of `name` through a pointer of which the linker may keep another object's copy.
  [[nodiscard]] bool has_pointer(std::string_view name) const;

  /// What `companion` is called when its symbol is called `name`.
  [[nodiscard]] std::string full_name(const Companion &companion, std::string_view name) const;

  [[nodiscard]] bool empty() const { return by_symbol_.empty(); }

  /// The wish for the symbol called `name`, as one for each companion that it is good for. Their names go to `written`.
  [[nodiscard]] std::vector<Wish> wishes(std::string_view name, const Wish &like,
                                         std::deque<std::string> &written) const;

  /// Whether what `verb` does to a symbol has to be done to its companion.
  [[nodiscard]] bool follows(Verb verb, const Companion &companion) const;

private:
  const Facts &facts_;
  std::unordered_map<std::string, std::vector<Companion>> by_symbol_;
};

} // namespace linkname::plan
