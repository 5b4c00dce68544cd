// A reader of Mach-O objects that has nothing in common with the library, so that it can judge what the library did.
#pragma once

#include "judge.h"

#include "macho/backend.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linkname::fuzz::macho_reader {

/// A range that a load command leads to.
struct Range {
  std::uint64_t offset = 0, size = 0, alignment = 1;
  std::string_view contents; ///< empty where the file does not hold it
  bool holds_indices = false;
  bool symbols = false, strings = false;
};

struct Object {
  std::uint64_t commands_end = 0;
  std::vector<Range> ranges;
};

class Reader {
public:
  explicit Reader(std::string_view file) : file_(file) {
    big_ = !file.empty() && static_cast<unsigned char>(file.front()) == 0xfe;
    wide_ = number(0, 4) == 0xfeedfacf;
  }

  /// Nothing where it cannot follow the file.
  std::optional<Object> read() {
    Object object;
    std::uint64_t at = wide_ ? 32 : 28;
    object.commands_end = at + number(20, 4);
    for (std::uint64_t left = number(16, 4); left > 0; --left) {
      const std::uint64_t cmd = number(at, 4);
      const std::uint64_t size = number(at + 4, 4);
      if (size < 8 || at + size > object.commands_end || object.commands_end > file_.size() ||
          !command(cmd, at, object))
        return std::nullopt;
      at += size;
    }
    return object;
  }

private:
  [[nodiscard]] std::uint64_t number(std::uint64_t at, unsigned length) const {
    std::uint64_t value = 0;
    for (unsigned i = 0; i < length; ++i) {
      const std::uint64_t place = at + (big_ ? i : length - 1 - i);
      value = value << 8U | (place < file_.size() ? static_cast<unsigned char>(file_[place]) : 0U);
    }
    return value;
  }

  void add(Object &object, Range range) const {
    if (range.offset <= file_.size() && range.size <= file_.size() - range.offset)
      range.contents = file_.substr(range.offset, range.size);
    object.ranges.push_back(range);
  }

  /// False for a load command that leads to what is not known here.
  bool command(std::uint64_t cmd, std::uint64_t at, Object &object) const {
    switch (cmd) {
    case 0x1:
    case 0x19: {
      const std::uint64_t word = wide_ ? 8 : 4;
      const std::uint64_t entry = wide_ ? 80 : 68;
      const std::uint64_t first = at + (wide_ ? 72 : 56);
      const std::uint64_t count = number(first - 8, 4);
      for (std::uint64_t i = 0; i < std::min<std::uint64_t>(count, file_.size() / entry); ++i) {
        const std::uint64_t base = first + i * entry;
        const std::uint64_t rest = base + 32 + 2 * word; // offset, align, reloff, nreloc, flags
        const std::uint64_t type = number(rest + 16, 4) & 0xff;
        const bool virtual_section = type == 0x1 || type == 0xc || type == 0x12;
        const bool profile = file_.substr(std::min<std::uint64_t>(base, file_.size()), 12) == "__cg_profile";
        if (!virtual_section)
          add(object, {.offset = number(rest, 4),
                       .size = number(base + 32 + word, static_cast<unsigned>(word)),
                       .alignment = std::uint64_t{1} << std::min<std::uint64_t>(number(rest + 4, 4), 63),
                       .contents = {},
                       .holds_indices = profile});
        add(object, {.offset = number(rest + 8, 4),
                     .size = number(rest + 12, 4) * 8,
                     .alignment = 4,
                     .contents = {},
                     .holds_indices = true});
      }
      return true;
    }
    case 0x2:
      add(object, {.offset = number(at + 8, 4),
                   .size = number(at + 12, 4) * (wide_ ? 16 : 12),
                   .alignment = 4,
                   .contents = {},
                   .symbols = true});
      add(object, {.offset = number(at + 16, 4), .size = number(at + 20, 4), .contents = {}, .strings = true});
      return true;
    case 0xb: {
      // toc, modules, references, indirect symbols, relocations twice
      const unsigned sizes[] = {8, wide_ ? 56U : 52U, 4, 4, 8, 8};
      for (unsigned i = 0; i < std::size(sizes); ++i)
        add(object, {.offset = number(at + 32 + 8 * i, 4),
                     .size = number(at + 36 + 8 * i, 4) * sizes[i],
                     .alignment = 4,
                     .contents = {},
                     .holds_indices = true});
      return true;
    }
    case 0x1e:
    case 0x26:
    case 0x29:
    case 0x2b:
    case 0x2e:
      add(object, {.offset = number(at + 8, 4), .size = number(at + 12, 4), .contents = {}});
      return true;
    case 0x31:
      add(object, {.offset = number(at + 24, 8), .size = number(at + 32, 8), .contents = {}});
      return true;
    case 0x1b:
    case 0x24:
    case 0x25:
    case 0x2a:
    case 0x2d:
    case 0x2f:
    case 0x30:
    case 0x32:
      return true;
    default:
      return false;
    }
  }

  std::string_view file_;
  bool big_ = false;
  bool wide_ = false;
};

inline bool nothing_overlaps(std::string_view file) {
  const std::optional<Object> object = Reader(file).read();
  if (!object)
    return false;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges = {{0, object->commands_end}};
  for (const Range &range : object->ranges) {
    if (range.size != 0 && range.contents.empty())
      return false;
    if (range.size != 0)
      ranges.emplace_back(range.offset, range.offset + range.size);
  }
  std::ranges::sort(ranges);
  for (std::size_t i = 1; i < ranges.size(); ++i)
    if (ranges[i].first < ranges[i - 1].second)
      return false;
  return true;
}

inline void require_same_contents(std::string_view before, std::string_view after, bool) {
  const std::optional<Object> old_object = Reader(before).read();
  const std::optional<Object> new_object = Reader(after).read();
  require(old_object && new_object && old_object->ranges.size() == new_object->ranges.size(),
          "the tables are as many as before");
  for (std::size_t i = 0; i < old_object->ranges.size(); ++i) {
    const Range &old = old_object->ranges[i];
    const Range &now = new_object->ranges[i];
    require(old.alignment == now.alignment, "a section header is kept");
    if (old.size != 0 && old.alignment <= 4096 && old.offset % old.alignment == 0)
      require(now.offset % now.alignment == 0, "what was aligned is aligned");
    if (old.symbols)
      require(now.contents.size() >= old.contents.size(), "the symbol table does not shrink");
    else if (old.strings)
      require(now.contents.starts_with(old.contents), "the old strings are kept");
    else if (old.holds_indices)
      require(now.contents.size() == old.contents.size(), "a table of indices keeps its size");
    else
      require(now.contents == old.contents, "the contents of a section are kept");
  }
}

} // namespace linkname::fuzz::macho_reader

namespace linkname::fuzz {

inline const Judge macho_judge = {.backend = macho::backend,
                                  .nothing_overlaps = macho_reader::nothing_overlaps,
                                  .require_same_contents = macho_reader::require_same_contents};

} // namespace linkname::fuzz
