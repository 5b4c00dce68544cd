// Finds names by their text. Tables of thousands of names are what a job of many edits spends its time in, so this one
// is flat: whoever owns the names keeps them by number, and following a number is the last thing that a look-up does.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace linkname {

/// Numbers from 0 on, in the order in which names were added.
class NameTable {
public:
  using Hash = std::uint32_t;

  static Hash hash_of(std::string_view name) {
    const std::uint64_t hash = std::hash<std::string_view>()(name);
    return static_cast<Hash>(hash ^ hash >> 32U);
  }

  /// `expected`: about how many names there will be.
  explicit NameTable(std::size_t expected = 0) { make_room(expected); }

  [[nodiscard]] std::size_t size() const { return size_; }

  void make_room(std::size_t expected) {
    if (const std::size_t wanted = std::bit_ceil(2 * expected + 2); wanted > places_.size())
      resize(wanted);
  }

  /// The number for which `is_it` says that its name is the one of this hash.
  template <class IsIt> [[nodiscard]] std::optional<std::uint32_t> find(Hash hash, IsIt is_it) const {
    const Place &place = places_[place_of(hash, is_it)];
    return place.number == nobody ? std::nullopt : std::optional(place.number);
  }

  /// The same; a name that is not there gets the next number, and `second` is true.
  template <class IsIt> std::pair<std::uint32_t, bool> find_or_add(Hash hash, IsIt is_it) {
    Place &place = places_[place_of(hash, is_it)];
    if (place.number != nobody)
      return {place.number, false};
    const auto number = static_cast<std::uint32_t>(size_++);
    place = {.hash = hash, .number = number};
    if (2 * size_ > places_.size())
      resize(2 * places_.size());
    return {number, true};
  }

  /// Asks the memory for what a look-up of this hash will read.
  void prefetch(Hash hash) const { __builtin_prefetch(&places_[hash & (places_.size() - 1)]); }

private:
  static constexpr std::uint32_t nobody = UINT32_MAX;

  /// Half of them are always empty. A place knows enough of its name to turn nearly every other one away, and to be
  /// moved when the table grows.
  struct Place {
    Hash hash = 0;
    std::uint32_t number = nobody;
  };

  /// Where the name is, or would be.
  template <class IsIt> [[nodiscard]] std::size_t place_of(Hash hash, IsIt is_it) const {
    for (std::size_t i = hash;; ++i) {
      i &= places_.size() - 1;
      const Place &place = places_[i];
      if (place.number == nobody || (place.hash == hash && is_it(place.number)))
        return i;
    }
  }

  void resize(std::size_t count) {
    std::vector<Place> old(count);
    old.swap(places_);
    for (const Place &place : old)
      if (place.number != nobody)
        places_[place_of(place.hash, [](std::uint32_t) { return false; })] = place;
  }

  std::vector<Place> places_;
  std::size_t size_ = 0;
};

} // namespace linkname
