// What the fuzz targets share: taking an input apart, and a reader of section headers that has nothing in common with
// the library, so that it can judge what the library did.
#pragma once

#include <linkname/error.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace linkname::fuzz {

/// A property that has to hold whatever the input is. libFuzzer keeps the input of a process that aborts.
inline void require(bool holds, const char *property) {
  if (holds)
    return;
  std::fprintf(stderr, "property violated: %s\n", property);
  std::abort();
}

/// The same of something that must have succeeded; says why it did not.
template <class T> void require_success(const Result<T> &result, const char *property) {
  if (result)
    return;
  for (const Diagnostic &diagnostic : result.error().diagnostics)
    std::fprintf(stderr, "%s: %s\n", diagnostic.place.c_str(), diagnostic.reason.c_str());
  require(false, property);
}

/// An object, followed by bytes that steer the target and the number of those bytes: a plain object is a valid input,
/// and the offsets inside it stay what they are.
struct Input {
  std::string_view object;
  std::string_view steering;

  static Input split(const std::uint8_t *data, std::size_t size) {
    const std::string_view all(reinterpret_cast<const char *>(data), size);
    if (all.empty())
      return {};
    const std::size_t length = std::min<std::size_t>(static_cast<unsigned char>(all.back()), all.size() - 1);
    return {.object = all.substr(0, all.size() - 1 - length), .steering = all.substr(all.size() - 1 - length, length)};
  }
};

/// Hands out bytes; zeros when there are none left.
class Cursor {
public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}

  [[nodiscard]] bool empty() const { return rest_.empty(); }

  std::uint8_t byte() {
    if (rest_.empty())
      return 0;
    const auto value = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }

  std::uint16_t half() {
    const unsigned high = byte();
    return static_cast<std::uint16_t>(high << 8U | byte());
  }

  std::uint64_t word() {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i)
      value = value << 8U | byte();
    return value;
  }

  std::string_view take(std::size_t length) {
    const std::string_view taken = rest_.substr(0, length);
    rest_.remove_prefix(taken.size());
    return taken;
  }

  std::string_view rest() { return take(rest_.size()); }

private:
  std::string_view rest_;
};

/// One section header, widened to 64 bits.
struct Header {
  std::uint64_t type = 0, offset = 0, size = 0, link = 0, alignment = 0;
  std::string_view contents; ///< empty for SHT_NOBITS, and where the file does not hold it
};

/// The section headers of an ELF file that is known to be one; nothing where the table is not all there.
inline std::optional<std::vector<Header>> section_headers(std::string_view file) {
  if (file.size() < 52)
    return std::nullopt;
  const bool wide = file[4] == 2;
  const bool big = file[5] == 2;
  const auto number = [&](std::uint64_t at, unsigned length) {
    std::uint64_t value = 0;
    for (unsigned i = 0; i < length; ++i) {
      const std::uint64_t place = at + (big ? i : length - 1 - i);
      value = value << 8U | (place < file.size() ? static_cast<unsigned char>(file[place]) : 0U);
    }
    return value;
  };
  const auto pick = [&](unsigned narrow_at, unsigned wide_at, std::uint64_t base) {
    return wide ? number(base + wide_at, 8) : number(base + narrow_at, 4);
  };
  const std::uint64_t table = pick(32, 40, 0);
  const std::uint64_t entry = wide ? 64 : 40;
  if (table == 0)
    return std::vector<Header>{};
  if (table > file.size() || file.size() - table < entry)
    return std::nullopt;
  std::uint64_t count = number(wide ? 60 : 48, 2);
  if (count == 0)
    count = pick(20, 32, table);
  if (count > (file.size() - table) / entry)
    return std::nullopt;
  std::vector<Header> headers;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t base = table + i * entry;
    Header header{.type = number(base + 4, 4),
                  .offset = pick(16, 24, base),
                  .size = pick(20, 32, base),
                  .link = number(base + (wide ? 40 : 24), 4),
                  .alignment = pick(32, 48, base),
                  .contents = {}};
    const bool stored = i != 0 && header.type != 0 && header.type != 8;
    if (stored && header.offset <= file.size() && header.size <= file.size() - header.offset)
      header.contents = file.substr(header.offset, header.size);
    headers.push_back(header);
  }
  return headers;
}

/// Whether no two of ELF header, section header table and sections share a byte. In an object where they do, changing
/// one table changes another, and little can be promised beyond not crashing.
inline bool nothing_overlaps(std::string_view file) {
  const auto headers = section_headers(file);
  if (!headers)
    return false;
  const bool wide = file[4] == 2;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
  ranges.emplace_back(0, wide ? 64 : 52);
  for (const Header &header : *headers)
    if (!header.contents.empty())
      ranges.emplace_back(header.offset, header.offset + header.size);
  if (!headers->empty()) {
    std::uint64_t table = 0;
    for (unsigned i = 0; i < (wide ? 8U : 4U); ++i)
      table = table << 8U |
              static_cast<unsigned char>(file[(wide ? 40U : 32U) + (file[5] == 2 ? i : (wide ? 7U : 3U) - i)]);
    ranges.emplace_back(table, table + headers->size() * (wide ? 64U : 40U));
  }
  std::ranges::sort(ranges);
  for (std::size_t i = 1; i < ranges.size(); ++i)
    if (ranges[i].first < ranges[i - 1].second)
      return false;
  return true;
}

/// Holds the sections of a rewritten object against those of the old one: only tables of symbols and their companions
/// may differ, and what was aligned still is.
inline void require_same_sections(std::string_view before, std::string_view after, bool indices_move) {
  const auto old_headers = section_headers(before);
  const auto new_headers = section_headers(after);
  require(old_headers && new_headers && old_headers->size() == new_headers->size(),
          "the sections are as many as before");
  std::vector<bool> strings(old_headers->size());
  for (const Header &header : *old_headers)
    if (header.type == 2 && header.link < strings.size())
      strings[header.link] = true;
  for (std::size_t i = 0; i < old_headers->size(); ++i) {
    const Header &old = (*old_headers)[i];
    const Header &now = (*new_headers)[i];
    require(old.type == now.type && old.link == now.link && old.alignment == now.alignment, "a section header is kept");
    if (old.alignment > 1 && old.alignment <= 4096 && (old.alignment & (old.alignment - 1)) == 0 &&
        !old.contents.empty() && old.offset % old.alignment == 0)
      require(now.offset % now.alignment == 0, "a section keeps its alignment");
    const bool follows_symbols = old.type == 2 || old.type == 18;
    const bool holds_indices = old.type == 4 || old.type == 9 || old.type == 0x40000014 || old.type == 0x6fff4c03;
    if (follows_symbols || (indices_move && holds_indices))
      continue;
    if (strings[i])
      require(now.contents.starts_with(old.contents), "the old strings are kept");
    else
      require(old.contents == now.contents, "the contents of a section are kept");
  }
}

} // namespace linkname::fuzz
