#include "base/byte_search.h"

#include <algorithm>
#include <cstdint>

namespace linkname {
namespace {

/// So many places are looked at together: a loop of this length becomes a few vector instructions.
constexpr std::size_t block = 64;

/// Three bytes of the name, at the ends and in the middle, tell nearly all places where it is not.
struct Probe {
  std::string_view name;
  std::size_t middle;
  std::size_t last;

  explicit Probe(std::string_view whole) : name(whole), middle(whole.size() / 2), last(whole.size() - 1) {}

  [[nodiscard]] bool may_start_in_block(const char *at) const {
    const char first_byte = name.front();
    const char middle_byte = name[middle];
    const char last_byte = name[last];
    // In bytes, of which a vector holds the most.
    const auto same = [](char a, char b) { return static_cast<unsigned char>(a == b ? 1 : 0); };
    unsigned char found = 0;
    for (std::size_t i = 0; i < block; ++i)
      found = static_cast<unsigned char>(
          found | (same(at[i], first_byte) & same(at[i + middle], middle_byte) & same(at[i + last], last_byte)));
    return found != 0;
  }
};

} // namespace

bool ByteSearch::is_worth_it() const {
  return names_.size() <= most && std::ranges::all_of(names_, [](const auto &name) { return name.size() >= shortest; });
}

void ByteSearch::add(std::string_view name) {
  names_.emplace_back(name);
  longest_ = std::max(longest_, name.size());
}

bool ByteSearch::any_in(Bytes bytes) const {
  std::size_t at = 0;
  for (; bytes.size() - at >= block + longest_; at += block)
    for (const std::string &name : names_)
      if (const Probe probe(name); probe.may_start_in_block(bytes.data() + at) &&
                                   bytes.substr(at, block + probe.last).find(probe.name) != Bytes::npos)
        return true;
  return std::ranges::any_of(names_, [&](const std::string &name) { return bytes.find(name, at) != Bytes::npos; });
}

} // namespace linkname
