// Which symbols bear the few names that a request speaks of. A table of a million symbols is walked once, and memory is
// spent on the names that matter, not on the table.
#pragma once

#include "base/name_table.h"
#include "plan/name_parts.h"

#include <linkname/facts.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace linkname::plan {

/// The names that matter, each with a small number. Shared by all files of a run; whoever owns the names, a request or
/// a record, must outlive it.
class WantedNames {
  [[nodiscard]] auto is(std::string_view name) const {
    return [this, name](std::uint32_t number) { return names_[number] == name; };
  }

public:
  /// `expected`: about how many names there will be.
  explicit WantedNames(std::size_t expected = 0) : numbers_(expected) { names_.reserve(expected); }

  [[nodiscard]] std::size_t size() const { return names_.size(); }

  void want(std::string_view name) {
    if (!numbers_.find_or_add(NameTable::hash_of(name), is(name)).second)
      return;
    names_.push_back(name);
    first_look_[slot(name)] = true;
  }

  [[nodiscard]] std::optional<std::uint32_t> number(std::string_view name) const {
    if (!first_look_[slot(name)])
      return std::nullopt;
    return numbers_.find(NameTable::hash_of(name), is(name));
  }

private:
  /// Tells most names apart by their length and their last bytes, before anything is hashed.
  static std::size_t slot(std::string_view name) {
    std::uint64_t last = 0;
    const std::size_t taken = std::min(name.size(), sizeof last);
    std::memcpy(&last, name.data() + name.size() - taken, taken);
    return static_cast<std::size_t>(((last ^ name.size()) * 0x9e3779b97f4a7c15U) >> (64U - slot_bits));
  }

  static constexpr unsigned slot_bits = 18;
  std::vector<std::string_view> names_; ///< by number
  NameTable numbers_;
  std::vector<bool> first_look_ = std::vector<bool>(std::size_t{1} << slot_bits);
};

/// The symbols of one file that bear a wanted name, with a version or without.
class NameIndex {
public:
  NameIndex(const WantedNames &wanted, const Facts &facts) : wanted_(&wanted), begins_(wanted.size() + 1) {
    std::vector<Bearer> bearers;
    const auto note = [&](std::string_view name, std::uint32_t position) {
      if (const std::optional<std::uint32_t> number = wanted.number(name))
        bearers.push_back({.name = *number, .position = position});
    };
    for (std::uint32_t i = 0; i < facts.symbols.size(); ++i) {
      if (i + names_ahead < facts.symbols.size()) // where a name ends is the first that is looked at
        __builtin_prefetch(facts.symbols[i + names_ahead].name.end());
      const Symbol &symbol = facts.symbols[i];
      if (!symbol.named())
        continue;
      note(symbol.name, i);
      if (facts.format == Format::elf)
        if (const std::string_view base = without_version(symbol.name); base.size() != symbol.name.size())
          note(base, i);
    }
    sort_by_name(bearers);
  }

  /// How many names were wanted.
  [[nodiscard]] std::size_t names() const { return begins_.size() - 1; }

  /// One of them, below names().
  [[nodiscard]] std::optional<std::uint32_t> number(std::string_view name) const { return wanted_->number(name); }

  /// Positions in Facts::symbols, ascending, of the name with this number.
  [[nodiscard]] std::span<const std::uint32_t> positions(std::size_t number) const {
    return std::span(positions_).subspan(begins_[number], begins_[number + 1] - begins_[number]);
  }

  /// Positions in Facts::symbols, ascending; empty for a name that was not wanted.
  [[nodiscard]] std::span<const std::uint32_t> operator[](std::string_view name) const {
    const std::optional<std::uint32_t> number = wanted_->number(name);
    return number ? positions(*number) : std::span<const std::uint32_t>();
  }

private:
  struct Bearer {
    std::uint32_t name; ///< the number of the name
    std::uint32_t position;
  };

  /// All positions in one array, and where those of each name begin.
  void sort_by_name(std::span<const Bearer> bearers) {
    for (const Bearer &bearer : bearers)
      ++begins_[bearer.name + 1];
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
    positions_.resize(bearers.size());
    std::vector<std::uint32_t> next(begins_.begin(), begins_.end() - 1);
    for (const Bearer &bearer : bearers)
      positions_[next[bearer.name]++] = bearer.position;
  }

  static constexpr std::uint32_t names_ahead = 8;

  const WantedNames *wanted_;
  std::vector<std::uint32_t> begins_; ///< in positions_, by the number of the name
  std::vector<std::uint32_t> positions_;
};

} // namespace linkname::plan
