// Every global name that the objects of a set define or refer to, found in one step: an archive has hundreds of
// thousands. Names are kept without what the platform puts in front, so that `.refptr.x` and `x` share one.
#pragma once

#include "plan/name_parts.h"

#include <linkname/facts.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linkname::plan {

struct SetName {
  static constexpr std::uint32_t unmapped = UINT32_MAX;

  std::string_view base;           ///< as in NameParts
  std::uint32_t mapped = unmapped; ///< the line of the rename map that gives the new name
  bool prefixed = false;           ///< as in NameParts
  bool defined = false;            ///< by one of the objects; else they only refer to it
  bool renamed = false;
};

/// Those of objects that meet in one link: of one format and one processor.
class SetNames {
public:
  SetNames(std::string_view target, Format format, char name_prefix)
      : target_(target), format_(format), name_prefix_(name_prefix), slots_(first_slots, none) {}

  [[nodiscard]] std::string_view target() const { return target_; }
  [[nodiscard]] char name_prefix() const { return name_prefix_; }

  /// Adds what `facts` define and refer to. The names must stay where they are.
  void add(const Facts &facts);

  [[nodiscard]] std::span<SetName> all() { return names_; }
  [[nodiscard]] std::span<const SetName> all() const { return names_; }

  /// The number of a name taken apart; nothing where the set does not speak of it.
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view base, bool prefixed) const;
  /// The same for a symbol name as `nm` prints it; a version is left aside.
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view symbol_name) const;

  [[nodiscard]] NameParts take_apart(std::string_view symbol_name) const {
    return plan::take_apart(symbol_name, format_, name_prefix_);
  }

  /// The whole symbol name.
  [[nodiscard]] std::string full_name(const SetName &name) const;

private:
  static constexpr std::uint32_t none = UINT32_MAX;
  static constexpr std::size_t first_slots = 1U << 10U; ///< a power of two, as all their numbers

  /// The slot of a name, or the free one where it would stand.
  [[nodiscard]] std::size_t slot_of(std::string_view base, bool prefixed) const;
  SetName &add(std::string_view base, bool prefixed);
  void grow();

  std::string_view target_;
  Format format_;
  char name_prefix_;
  std::vector<SetName> names_;
  std::vector<std::uint32_t> slots_; ///< numbers in names_
};

/// Whether a symbol's name is one that a set has: global, or a COMDAT group's, by which linkers tell copies apart.
[[nodiscard]] inline bool is_set_name(const Symbol &symbol) {
  return symbol.named() && (symbol.binding != Binding::local || symbol.names_group);
}

} // namespace linkname::plan
