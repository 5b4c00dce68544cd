// Where symbols go that do not keep their place in the table. Every holder of symbol indices is remapped with the same
// one (relocations, group signatures, indirect tables and so on, by format).
#pragma once

#include <bitset>
#include <cstdint>
#include <unordered_map>

namespace linkname {

class IndexMap {
public:
  void move(std::uint32_t from, std::uint32_t to) {
    moved_[from] = to;
    first_look_.set(from % first_look_.size());
  }

  [[nodiscard]] bool moves_any() const { return !moved_.empty(); }
  /// Old index -> new index, for those that move.
  [[nodiscard]] const std::unordered_map<std::uint32_t, std::uint32_t> &moved() const { return moved_; }

  /// The new index of the symbol that had `index`.
  [[nodiscard]] std::uint32_t operator()(std::uint32_t index) const {
    if (!first_look_.test(index % first_look_.size())) // most, and there is one to ask for with each relocation
      return index;
    const auto found = moved_.find(index);
    return found == moved_.end() ? index : found->second;
  }

private:
  std::bitset<4096> first_look_; ///< says of most indices at once that they stay
  std::unordered_map<std::uint32_t, std::uint32_t> moved_;
};

} // namespace linkname
