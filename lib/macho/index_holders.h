// Everything in an object that holds symbol indices beside the symbol table itself: relocations, the indirect symbol
// table and LLVM's call graph profile. When symbols trade places, one remap is applied to every such place, and an
// object with a holder that nobody knows is refused.
#pragma once

#include "base/index_map.h"
#include "base/splice.h"
#include "macho/offsets.h"
#include "macho/relocations.h"

#include <span>
#include <string>

namespace linkname::macho {

/// What the 24 bits of a relocation can hold.
inline constexpr std::uint32_t largest_relocated_index = 0xffffff;

/// LLVM's call graph profile: pairs of symbol indices with a count each.
template <class T> bool is_call_graph_profile(const typename T::Section &section) {
  return fixed_name(section.segname) == "__LLVM" && fixed_name(section.sectname) == "__cg_profile";
}

/// An entry of the indirect symbol table that names no symbol.
inline bool is_indirect_marker(std::uint32_t entry) {
  return (entry & (llvm::MachO::INDIRECT_SYMBOL_LOCAL | llvm::MachO::INDIRECT_SYMBOL_ABS)) != 0;
}

template <class T> Result<std::span<const typename T::U32>> indirect_symbols(const View<T> &view) {
  const auto *const table = view.dynamic_symbol_table();
  if (table == nullptr || table->nindirectsyms == 0)
    return std::span<const typename T::U32>{};
  const auto entries = array_at<typename T::U32>(view.bytes(), table->indirectsymoff, table->nindirectsyms);
  if (!entries)
    return malformed("LC_DYSYMTAB", "the indirect symbol table reaches past the end of the file");
  return *entries;
}

/// Tables that only linked images have hold symbol indices too, and what is unknown may.
template <class T> Result<void> refuse_other_holders(const View<T> &view) {
  if (Result<void> known = for_each_offset(view, [](const auto &, const FileRange &) {}); !known)
    return known;
  const auto *const table = view.dynamic_symbol_table();
  if (table != nullptr && (table->ntoc != 0 || table->nmodtab != 0 || table->nextrefsyms != 0 || table->nextrel != 0))
    return fail(Status::refused, "LC_DYSYMTAB",
                "has tables of a linked image, which hold symbol indices that linkname cannot rewrite",
                "use --hide, which moves nothing");
  if (!processor(view.header().cputype).known)
    return fail(Status::refused, "Mach-O header", "the relocations of this processor are not known",
                "use --hide or --rename, which move no symbol");
  return {};
}

template <class T> Result<Splices> move_symbol_indices(const View<T> &view, const IndexMap &order) {
  if (Result<void> known = refuse_other_holders(view); !known)
    return std::unexpected(std::move(known.error()));
  Splices splices;
  const auto put = [&](const void *at, const auto &value) {
    splices.push_back({.offset = view.position(at),
                       .old_length = sizeof value,
                       .bytes = std::string(reinterpret_cast<const char *>(&value), sizeof value)});
  };
  const Processor cpu = processor(view.header().cputype);
  Result<void> done = for_each_relocated_section(view, [&](std::uint32_t number, auto relocations) -> Result<void> {
    for (const auto &relocation : relocations) {
      const std::uint32_t symbol = relocation.target().number;
      if (order(symbol) == symbol || !names_symbol(cpu, relocation))
        continue;
      if (order(symbol) > largest_relocated_index)
        return fail(Status::refused, view.section_place(number),
                    "a relocation would have to name a symbol past the 16,777,216th, which its 24 bits cannot");
      auto moved = relocation;
      moved.set_number(order(symbol));
      put(&relocation, moved);
    }
    return {};
  });
  if (!done)
    return std::unexpected(std::move(done.error()));

  const auto indirect = indirect_symbols(view);
  if (!indirect)
    return std::unexpected(indirect.error());
  for (const auto &entry : *indirect)
    if (!is_indirect_marker(entry) && order(entry) != entry)
      put(&entry, typename T::U32(order(entry)));

  for (std::uint32_t number = 1; number <= view.sections().size(); ++number) {
    if (!is_call_graph_profile<T>(*view.sections()[number - 1]))
      continue;
    const Result<Bytes> contents = view.contents(number);
    if (!contents)
      return std::unexpected(contents.error());
    for (const auto &call : entries_of<typename T::CallCount>(*contents)) {
      auto moved = call;
      moved.from = order(call.from);
      moved.to = order(call.to);
      if (moved.from != call.from || moved.to != call.to)
        put(&call, moved);
    }
  }
  return splices;
}

} // namespace linkname::macho
