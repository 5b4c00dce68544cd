// Which symbols bear the few names that a request speaks of. A table of a million symbols is walked once, and memory is
// spent on the names that matter, not on the table.
#pragma once

#include "plan/name_parts.h"

#include <linkname/facts.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <functional>
#include <numeric>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace linkname::plan {

/// The names that matter, each with a small number. Shared by all files of a run; whoever owns the names, a request or
/// a record, must outlive it.
class WantedNames {
public:
  /// `expected`: about how many names there will be.
  explicit WantedNames(std::size_t expected = 0) : places_(std::bit_ceil(2 * expected + 2)) {
    names_.reserve(expected);
  }

  [[nodiscard]] std::size_t size() const { return names_.size(); }

  void want(std::string_view name) {
    const std::uint64_t hash = hash_of(name);
    Place &place = places_[find(name, hash)];
    if (place.number != nobody)
      return;
    place = {.hash = high(hash), .number = static_cast<std::uint32_t>(names_.size())};
    names_.push_back(name);
    first_look_[slot(name)] = true;
    if (2 * names_.size() > places_.size())
      grow();
  }

  [[nodiscard]] std::optional<std::uint32_t> number(std::string_view name) const {
    if (!first_look_[slot(name)])
      return std::nullopt;
    const Place &place = places_[find(name, hash_of(name))];
    return place.number == nobody ? std::nullopt : std::optional(place.number);
  }

private:
  static constexpr std::uint32_t nobody = 0xffffffff;
  /// Of an open-addressing table, half of which is always empty: with thousands of names, following pointers to each
  /// takes longer than everything else.
  struct Place {
    std::uint32_t hash = 0;
    std::uint32_t number = nobody;
  };

  static std::uint64_t hash_of(std::string_view name) { return std::hash<std::string_view>()(name); }
  static std::uint32_t high(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); }

  /// Where `name` is, or would be.
  [[nodiscard]] std::size_t find(std::string_view name, std::uint64_t hash) const {
    for (std::size_t i = hash;; ++i) {
      i &= places_.size() - 1;
      const Place &place = places_[i];
      if (place.number == nobody || (place.hash == high(hash) && names_[place.number] == name))
        return i;
    }
  }

  void grow() {
    places_.assign(2 * places_.size(), {});
    for (std::uint32_t i = 0; i < names_.size(); ++i) {
      const std::uint64_t hash = hash_of(names_[i]);
      places_[find(names_[i], hash)] = {.hash = high(hash), .number = i};
    }
  }

  /// Tells most names apart by their length and their last bytes, before anything is hashed.
  static std::size_t slot(std::string_view name) {
    std::uint64_t last = 0;
    const std::size_t taken = std::min(name.size(), sizeof last);
    std::memcpy(&last, name.data() + name.size() - taken, taken);
    return static_cast<std::size_t>(((last ^ name.size()) * 0x9e3779b97f4a7c15U) >> (64U - slot_bits));
  }

  static constexpr unsigned slot_bits = 18;
  std::vector<std::string_view> names_; ///< by number
  std::vector<Place> places_;
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

  [[nodiscard]] bool wants(std::string_view name) const { return wanted_->number(name).has_value(); }

  /// Positions in Facts::symbols, ascending; empty for a name that was not wanted.
  [[nodiscard]] std::span<const std::uint32_t> operator[](std::string_view name) const {
    const std::optional<std::uint32_t> number = wanted_->number(name);
    if (!number)
      return {};
    return std::span(positions_).subspan(begins_[*number], begins_[*number + 1] - begins_[*number]);
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

  const WantedNames *wanted_;
  std::vector<std::uint32_t> begins_; ///< in positions_, by the number of the name
  std::vector<std::uint32_t> positions_;
};

} // namespace linkname::plan
