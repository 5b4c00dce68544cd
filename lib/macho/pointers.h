// The pointers of a record section. Mach-O says where they lead in two ways: by symbol, or by section, and then the
// bytes hold an address among those of the object.
#pragma once

#include "macho/relocations.h"

#include <linkname/facts.h>

#include <algorithm>
#include <map>
#include <vector>

namespace linkname::macho {

template <class T> class PointerReader {
public:
  PointerReader(const View<T> &view, const Facts &facts)
      : view_(view), facts_(facts), processor_(processor(view.header().cputype)),
        left_(view.bytes().size() / sizeof(typename T::Relocation)) {}

  /// The pointers of section `number`, ordered by offset. Fails where one is damaged.
  Result<std::vector<RecordPointer>> read(std::uint32_t number, Bytes contents) {
    const auto relocations = view_.relocations(number);
    if (!relocations)
      return std::unexpected(relocations.error());
    // Each relocation belongs to one section: without this, sections that share a table would multiply it.
    if (relocations->size() > left_)
      return malformed(view_.section_place(number), "shares its relocations with another section");
    left_ -= relocations->size();
    std::vector<RecordPointer> pointers;
    pointers.reserve(relocations->size());
    for (std::size_t i = 0; i < relocations->size(); ++i) {
      if ((*relocations)[i].target().type == processor_.subtractor) {
        ++i; // the difference of two symbols is no pointer, and takes two entries
        continue;
      }
      const Result<RecordPointer> pointer = read_one(number, contents, (*relocations)[i]);
      if (!pointer)
        return std::unexpected(pointer.error());
      pointers.push_back(*pointer);
    }
    std::ranges::sort(pointers, {}, &RecordPointer::offset);
    return pointers;
  }

private:
  using Relocation = typename T::Relocation;

  Result<RecordPointer> read_one(std::uint32_t number, Bytes contents, const Relocation &relocation) {
    const std::uint32_t offset = relocation.r_address;
    const auto damaged = [&](std::string_view why) {
      return malformed(view_.section_place(number), join({"the relocation at ", hex(offset), why}));
    };
    // Only the older 32-bit processors have scattered relocations, which no plain pointer needs.
    if (is_scattered(processor_, relocation))
      return damaged(" is scattered, which that of a record's pointer never is");
    const RelocationTarget target = relocation.target();
    const bool authenticated = target.type == processor_.authenticated;
    if ((target.type != processor_.pointer && !authenticated) || target.relative ||
        1U << target.length != T::pointer_size)
      return damaged(" is not that of a pointer");
    const auto word = array_at<typename T::Word>(contents, offset, 1);
    if (!word)
      return damaged(" lies outside the section");
    const std::uint64_t value = word->front();
    if (!target.external)
      return in_section(target.number, value, offset, damaged);
    if (facts_.symbol_at(target.number) == nullptr)
      return damaged(" names no symbol");
    // The upper half of an authenticated pointer says how it is signed.
    const bool narrow = authenticated || !T::is_64_bit;
    std::int64_t addend =
        narrow ? static_cast<std::int32_t>(static_cast<std::uint32_t>(value)) : static_cast<std::int64_t>(value);
    if (view_.is_thumb(target.number))
      addend &= ~std::int64_t{1};
    return RecordPointer{.offset = offset, .symbol = target.number, .addend = addend};
  }

  /// A symbol of the section and what leads from there to `address`.
  template <class Damaged>
  Result<RecordPointer> in_section(std::uint32_t section, std::uint64_t address, std::uint64_t offset,
                                   Damaged damaged) {
    if (section == 0 || section > view_.sections().size())
      return damaged(" names no section");
    const std::uint64_t wanted = address - view_.sections()[section - 1]->addr;
    const Symbol *const base = any_of(section);
    if (base == nullptr)
      return damaged(" leads to a section without symbols");
    return RecordPointer{.offset = offset,
                         .symbol = base->index,
                         .addend = static_cast<std::int64_t>(wanted - base->value),
                         .by_section = true};
  }

  const Symbol *any_of(std::uint32_t section) {
    if (by_section_.empty())
      for (const Symbol &symbol : facts_.symbols)
        if (symbol.home == Home::section)
          by_section_.try_emplace(symbol.section, &symbol);
    const auto found = by_section_.find(section);
    return found == by_section_.end() ? nullptr : found->second;
  }

  const View<T> &view_;
  const Facts &facts_;
  Processor processor_;
  std::uint64_t left_;                                 ///< how many more relocations the file can hold
  std::map<std::uint32_t, const Symbol *> by_section_; ///< the first of each
};

} // namespace linkname::macho
