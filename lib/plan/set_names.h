// Every global name that the objects of a set define or refer to, found in one step: an archive has hundreds of
// thousands. Names are kept without what the platform puts in front, so that `.refptr.x` and `x` share one.
#pragma once

#include "base/name_table.h"
#include "base/word_store.h"
#include "plan/name_parts.h"

#include <linkname/facts.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linkname::plan {

struct SetName {
  static constexpr std::uint32_t unmapped = UINT32_MAX;

  std::string_view base;           ///< as in NameParts; the set keeps it
  std::uint32_t mapped = unmapped; ///< the line of the rename map that gives the new name
  bool prefixed = false;           ///< as in NameParts
  bool defined = false;            ///< by one of the objects; else they only refer to it
  bool renamed = false;
};

/// One symbol of an object and the name that it bears.
struct SetMention {
  std::string_view base;      ///< as in NameParts
  NameTable::Hash hash = 0;   ///< of it
  std::uint32_t position = 0; ///< in Facts::symbols
  std::uint32_t number = 0;   ///< of its SetName
  bool prefixed = false;      ///< as in NameParts
  bool defines = false;       ///< the name
};

/// Those of objects that meet in one link: of one format and one processor.
class SetNames {
public:
  SetNames(std::string_view target, Format format, char name_prefix)
      : target_(target), format_(format), name_prefix_(name_prefix) {}

  [[nodiscard]] std::string_view target() const { return target_; }
  [[nodiscard]] char name_prefix() const { return name_prefix_; }

  /// Adds what an object defines and refers to. Into `mentions` go the numbers that they have got.
  void add(std::span<SetMention> mentions);

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
  [[nodiscard]] auto is(std::string_view base, bool prefixed) const {
    return [this, base, prefixed](std::uint32_t number) {
      return names_[number].prefixed == prefixed && names_[number].base == base;
    };
  }

  std::string_view target_;
  Format format_;
  char name_prefix_;
  std::vector<SetName> names_;
  WordStore words_;   ///< a copy of each name: in the files they stand all over
  NameTable numbers_; ///< in names_
};

/// Whether a symbol's name is one that a set has: global, or a COMDAT group's, by which linkers tell copies apart.
[[nodiscard]] inline bool is_set_name(const Symbol &symbol) {
  return symbol.named() && (symbol.binding != Binding::local || symbol.names_group);
}

/// What an object mentions, for SetNames::add(). It is the longer part of the work, and needs nothing but the object.
[[nodiscard]] std::vector<SetMention> mentions_in(const Facts &facts);

} // namespace linkname::plan
