// New strings for a string table. They go behind the old ones: an old string may be the tail of another, or be shared
// by symbols that the plan does not name, so none is ever overwritten or dropped.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace linkname {

class StringPool {
public:
  /// `old_size`: of the table that is appended to.
  explicit StringPool(std::uint64_t old_size) : old_size_(old_size) {}

  /// The offset of `text`, which must outlive the pool, in the grown table; nothing when it does not fit 32 bits, as
  /// all formats have them.
  std::optional<std::uint32_t> add(std::string_view text) {
    const auto known = offsets_.find(text);
    if (known != offsets_.end())
      return known->second;
    const std::uint64_t offset = old_size_ + added_.size();
    if (offset + text.size() >= UINT32_MAX)
      return std::nullopt;
    offsets_.emplace(text, static_cast<std::uint32_t>(offset));
    added_.append(text).push_back('\0');
    return static_cast<std::uint32_t>(offset);
  }

  [[nodiscard]] const std::string &added() const { return added_; }

private:
  std::uint64_t old_size_;
  std::string added_;
  std::unordered_map<std::string_view, std::uint32_t> offsets_;
};

} // namespace linkname
