// Which bytes of an object belong to what. A table can only grow where nothing lies across it.
#pragma once

#include "coff/view.h"

#include <algorithm>
#include <compare>
#include <cstdint>
#include <iterator>
#include <vector>

namespace linkname::coff {

/// Line-number entries are not read, only kept (PE format specification, "COFF Line Numbers").
inline constexpr std::uint64_t line_number_size = 6;

class Occupied {
public:
  /// Fails where a section claims bytes that the file does not have: they could come to lie inside it once it grows.
  template <class SymbolType> static Result<Occupied> of(const View<SymbolType> &view) {
    Occupied occupied;
    occupied.add(0, view.section_table() + view.sections().size_bytes());
    for (std::uint32_t number = 1; number <= view.sections().size(); ++number) {
      const Section &section = view.sections()[number - 1];
      const Result<Bytes> contents = view.contents(number);
      if (!contents)
        return std::unexpected(contents.error());
      const Result<std::span<const Relocation>> relocations = view.relocations(number);
      if (!relocations)
        return std::unexpected(relocations.error());
      if (!contents->empty())
        occupied.add(section.PointerToRawData, contents->size());
      if (!relocations->empty() || section.hasExtendedRelocations()) {
        const std::uint64_t end = view.position(relocations->data()) + relocations->size_bytes();
        occupied.add(section.PointerToRelocations, end - section.PointerToRelocations);
      }
      if (section.NumberOfLinenumbers != 0) {
        const std::uint64_t length = section.NumberOfLinenumbers * line_number_size;
        if (!slice(view.bytes(), section.PointerToLinenumbers, length))
          return malformed(view.section_place(number), "its line numbers reach past the end of the file");
        occupied.add(section.PointerToLinenumbers, length);
      }
    }
    return occupied;
  }

  /// A range that is about to change its length. It may be in the list already.
  void resize(std::uint64_t at, std::uint64_t length) { resized_.push_back({.begin = at, .end = at + length}); }

  /// Whether one of these shares a byte with anything else.
  [[nodiscard]] bool overlap() {
    std::ranges::sort(ranges_);
    std::ranges::sort(resized_);
    std::vector<Range> all;
    std::ranges::set_difference(ranges_, resized_, std::back_inserter(all)); // each takes one of its kind away
    for (Range range : resized_) {
      range.resized = true;
      all.push_back(range);
    }
    std::ranges::sort(all);
    std::uint64_t end = 0;
    std::uint64_t end_of_resized = 0;
    for (const Range &range : all) {
      if (range.begin < end_of_resized || (range.resized && range.begin < end))
        return true;
      end = std::max(end, range.end);
      if (range.resized)
        end_of_resized = std::max(end_of_resized, range.end);
    }
    return false;
  }

  [[nodiscard]] bool anything_behind(std::uint64_t offset) const {
    return std::ranges::any_of(ranges_, [&](const Range &range) { return range.begin >= offset; });
  }

private:
  struct Range {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    bool resized = false;

    auto operator<=>(const Range &) const = default;
  };

  void add(std::uint64_t at, std::uint64_t length) { ranges_.push_back({.begin = at, .end = at + length}); }

  std::vector<Range> ranges_;
  std::vector<Range> resized_;
};

} // namespace linkname::coff
