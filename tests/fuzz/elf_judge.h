// A reader of ELF section headers that has nothing in common with the library, so that it can judge what the library
// did.
#pragma once

#include "judge.h"

#include "elf/backend.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace linkname::fuzz::elf_reader {

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

} // namespace linkname::fuzz::elf_reader

namespace linkname::fuzz {

inline const Judge elf_judge = {.backend = elf::backend,
                                .nothing_overlaps = elf_reader::nothing_overlaps,
                                .require_same_contents = elf_reader::require_same_sections};

} // namespace linkname::fuzz
