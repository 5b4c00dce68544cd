// New strings for a string table. They go behind the old ones: an old string may be the tail of another, or be shared
// by symbols that the plan does not name, so none is ever overwritten or dropped.
#pragma once

#include "base/name_table.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linkname {

class StringPool {
public:
  /// `old_size`: of the table that is appended to.
  explicit StringPool(std::uint64_t old_size) : old_size_(old_size) {}

  /// Room for so many strings and their bytes.
  void make_room(std::size_t strings, std::size_t bytes) {
    starts_.reserve(strings);
    numbers_.make_room(strings);
    added_.reserve(bytes);
  }

  /// The offset of `text`, which holds no NUL, in the grown table; nothing when it does not fit 32 bits, as all formats
  /// have them.
  std::optional<std::uint32_t> add(std::string_view text) {
    const auto is_text = [&](std::uint32_t number) {
      const std::size_t start = starts_[number];
      return added_.compare(start, text.size(), text) == 0 && added_[start + text.size()] == '\0';
    };
    const NameTable::Hash hash = NameTable::hash_of(text);
    std::optional<std::uint32_t> number;
    if (old_size_ + added_.size() + text.size() >= UINT32_MAX) {
      number = numbers_.find(hash, is_text);
    } else {
      const auto [there, is_new] = numbers_.find_or_add(hash, is_text);
      if (is_new) {
        starts_.push_back(static_cast<std::uint32_t>(added_.size()));
        added_.append(text).push_back('\0');
      }
      number = there;
    }
    return number ? std::optional(static_cast<std::uint32_t>(old_size_ + starts_[*number])) : std::nullopt;
  }

  [[nodiscard]] const std::string &added() const { return added_; }

  /// Takes the new strings out; nothing can be added behind this.
  [[nodiscard]] std::string release() { return std::move(added_); }

private:
  std::uint64_t old_size_;
  std::string added_;
  std::vector<std::uint32_t> starts_; ///< in added_, by number
  NameTable numbers_;
};

} // namespace linkname
