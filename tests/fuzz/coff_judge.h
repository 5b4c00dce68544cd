// A reader of COFF objects that has nothing in common with the library, so that it can judge what the library did.
#pragma once

#include "judge.h"

#include "coff/backend.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linkname::fuzz::coff_reader {

struct Section {
  std::string_view name; ///< the eight bytes, or the string that they refer to
  std::string_view contents;
  std::string_view relocations;
  std::uint64_t flags = 0;
};

struct Object {
  std::vector<Section> sections;
  std::string_view symbols;
  std::string_view strings; ///< without the length
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
};

class Reader {
public:
  explicit Reader(std::string_view file) : file_(file) {}

  /// Nothing where it cannot follow the file.
  std::optional<Object> read() {
    const bool big = file_.substr(0, 4) == std::string_view("\0\0\xff\xff", 4);
    const std::uint64_t table = big ? 56 : 20 + number(16, 2);
    const std::uint64_t count = big ? number(44, 4) : number(2, 2);
    const std::uint64_t symbols = big ? number(48, 4) : number(8, 4);
    const std::uint64_t symbols_size = (big ? number(52, 4) : number(12, 4)) * (big ? 20 : 18);
    if (count > file_.size() / 40)
      return std::nullopt;
    if (!take(0, table + 40 * count))
      return std::nullopt;
    if (symbols != 0) {
      const auto entries = take(symbols, symbols_size);
      if (!entries)
        return std::nullopt;
      object_.symbols = *entries;
      const std::uint64_t at = symbols + symbols_size;
      if (at < file_.size()) {
        const auto strings = take(at, std::max<std::uint64_t>(number(at, 4), 4));
        if (!strings)
          return std::nullopt;
        object_.strings = strings->substr(4);
      }
    }
    for (std::uint64_t i = 0; i < count; ++i)
      if (!read_section(table + 40 * i))
        return std::nullopt;
    return std::move(object_);
  }

private:
  [[nodiscard]] std::uint64_t number(std::uint64_t at, unsigned length) const {
    std::uint64_t value = 0;
    for (unsigned i = length; i-- > 0;)
      value = value << 8U | (at + i < file_.size() ? static_cast<unsigned char>(file_[at + i]) : 0U);
    return value;
  }

  std::optional<std::string_view> take(std::uint64_t at, std::uint64_t size) {
    if (at > file_.size() || size > file_.size() - at)
      return std::nullopt;
    if (size != 0)
      object_.ranges.emplace_back(at, at + size);
    return file_.substr(at, size);
  }

  bool read_section(std::uint64_t at) {
    Section section;
    section.name = file_.substr(at, 8);
    section.name = section.name.substr(0, section.name.find('\0'));
    section.flags = number(at + 36, 4);
    if (section.name.size() > 1 && section.name[0] == '/' && section.name[1] != '/') {
      std::uint64_t offset = 0;
      for (const char c : section.name.substr(1))
        if (c >= '0' && c <= '9')
          offset = offset * 10 + static_cast<unsigned>(c - '0');
      if (offset >= 4 && offset - 4 < object_.strings.size())
        section.name = object_.strings.substr(offset - 4);
    }
    section.name = section.name.substr(0, section.name.find('\0'));
    std::uint64_t relocations = number(at + 32, 2);
    const std::uint64_t first = number(at + 24, 4);
    if (relocations == 0xffff && (section.flags & 0x01000000) != 0)
      relocations = number(first, 4);
    const bool stored = (section.flags & 0x80) == 0 && number(at + 20, 4) != 0;
    const auto contents = stored ? take(number(at + 20, 4), number(at + 16, 4)) : std::string_view();
    const auto table = relocations != 0 ? take(first, 10 * relocations) : std::string_view();
    const std::uint64_t lines = number(at + 34, 2);
    if (!contents || !table || (lines != 0 && !take(number(at + 28, 4), 6 * lines)))
      return false;
    section.contents = *contents;
    section.relocations = *table;
    object_.sections.push_back(section);
    return true;
  }

  std::string_view file_;
  Object object_;
};

inline bool nothing_overlaps(std::string_view file) {
  std::optional<Object> object = Reader(file).read();
  if (!object)
    return false;
  std::ranges::sort(object->ranges);
  for (std::size_t i = 1; i < object->ranges.size(); ++i)
    if (object->ranges[i].first < object->ranges[i - 1].second)
      return false;
  return true;
}

inline bool may_change(std::string_view name) {
  for (const std::string_view changing :
       {".drectve", ".llvm_addrsig", ".gfids", ".giats", ".gljmp", ".gehcont", ".sxdata", ".llvm.call-graph-profile"})
    if (name.starts_with(changing))
      return true;
  return false;
}

inline void require_same_contents(std::string_view before, std::string_view after, bool) {
  const std::optional<Object> old_object = Reader(before).read();
  const std::optional<Object> new_object = Reader(after).read();
  require(old_object && new_object && old_object->sections.size() == new_object->sections.size(),
          "the sections are as many as before");
  require(new_object->symbols.size() >= old_object->symbols.size(), "no symbol is lost");
  require(new_object->strings.starts_with(old_object->strings), "the old strings are kept");
  for (std::size_t i = 0; i < old_object->sections.size(); ++i) {
    const Section &old = old_object->sections[i];
    const Section &now = new_object->sections[i];
    const std::uint64_t dropped = old.name == ".linkname" ? 0x800U : 0U; // IMAGE_SCN_LNK_REMOVE
    require((old.flags | dropped) == (now.flags | dropped), "a section header is kept");
    require(may_change(old.name) || old.contents == now.contents, "the contents of a section are kept");
    require(old.relocations.size() == now.relocations.size(), "a section keeps its relocations");
    for (std::size_t at = 0; at < old.relocations.size(); at += 10)
      require(old.relocations.substr(at, 4) == now.relocations.substr(at, 4) &&
                  old.relocations.substr(at + 8, 2) == now.relocations.substr(at + 8, 2),
              "a relocation keeps its place and type");
  }
}

} // namespace linkname::fuzz::coff_reader

namespace linkname::fuzz {

inline const Judge coff_judge = {.backend = coff::backend,
                                 .nothing_overlaps = coff_reader::nothing_overlaps,
                                 .require_same_contents = coff_reader::require_same_contents};

} // namespace linkname::fuzz
