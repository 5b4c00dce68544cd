// The symbol table that a plan leads to. LC_DYSYMTAB divides it into locals, what the image exports and what it
// imports, and Apple's linker has the last two ordered by name; where that was so it stays so.
#pragma once

#include "base/string_pool.h"
#include "macho/groups.h"
#include "macho/image/names.h"

#include <linkname/plan.h>

#include <algorithm>

namespace linkname::macho::image {

struct NewSymbols {
  std::string entries;               ///< all of the table
  std::string strings;               ///< behind the old ones
  std::vector<std::uint32_t> places; ///< by old index: the new one
  Groups groups;
};

/// Whether the edit takes away what others see. What they see cannot become more so.
inline bool hides(const Edit &edit) {
  return edit.change == Change::visibility &&
         (edit.visibility == Visibility::hidden || edit.visibility == Visibility::internal);
}

/// What an edit makes of an entry that it hides.
template <class Symbol> Symbol hidden_entry(Symbol entry) {
  entry.n_type = static_cast<std::uint8_t>((entry.n_type & ~llvm::MachO::N_EXT) | llvm::MachO::N_PEXT);
  return entry;
}

/// The entry of a name that the plan gives to an address.
template <class T> typename T::Symbol defined_entry(const Image<T> &image, const Definition &definition) {
  typename T::Symbol entry{};
  entry.n_type = static_cast<std::uint8_t>(llvm::MachO::N_SECT) | static_cast<std::uint8_t>(llvm::MachO::N_EXT);
  entry.n_sect = static_cast<std::uint8_t>(image.section_at(definition.address));
  entry.n_value = static_cast<typename decltype(entry.n_value)::value_type>(definition.address);
  return entry;
}

/// Whether the edit exports a symbol under the name that it has.
inline bool promotes(const Names &names, const Edit &edit) {
  return edit.change == Change::add && edit.symbol < names.first_export() && names.symbols[edit.symbol] == edit.name;
}

template <class T> class SymbolWriter {
public:
  SymbolWriter(const Image<T> &image, const Names &names, const Plan &plan)
      : image_(image), names_(names), plan_(plan), pool_(image.view().strings().size()) {}

  Result<NewSymbols> run() {
    if (Result<void> sound = check_groups(image_.view()); !sound)
      return std::unexpected(std::move(sound.error()));
    const auto *const table = image_.view().dynamic_symbol_table();
    if (table == nullptr)
      return fail(Status::refused, "load commands", "the image has no LC_DYSYMTAB, which loaders want");
    take_entries({.locals = table->nlocalsym, .defined = table->nextdefsym, .undefined = table->nundefsym});
    for (const Edit &edit : plan_.edits)
      change(edit);
    return write();
  }

private:
  using Symbol = typename T::Symbol;
  static constexpr std::uint32_t nowhere = UINT32_MAX;

  struct Item {
    Symbol entry;
    std::string_view name;
    std::uint32_t was = nowhere;
    bool renamed = false;
  };

  struct Group {
    std::vector<Item> items;
    bool by_name = false;
    bool changed = false;
  };

  void take_entries(const Groups &counts) {
    places_.resize(image_.view().symbols().size());
    std::uint32_t next = 0;
    const std::uint32_t sizes[] = {counts.locals, counts.defined, counts.undefined};
    for (std::size_t group = 0; group < std::size(groups_); ++group) {
      for (std::uint32_t i = 0; i < sizes[group]; ++i, ++next) {
        places_[next] = {group, i};
        groups_[group].items.push_back(
            {.entry = image_.view().symbols()[next], .name = names_.symbols[next], .was = next});
      }
      groups_[group].by_name = group != locals && std::ranges::is_sorted(groups_[group].items, {}, &Item::name);
    }
  }

  void change(const Edit &edit) {
    if (edit.change == Change::define)
      return add({.entry = defined_entry(image_, plan_.definitions[edit.symbol]), .name = edit.name, .renamed = true});
    if (edit.symbol >= names_.first_export())
      return; // what the symbol table does not tell of, it goes on not to
    if (edit.change == Change::visibility && !hides(edit))
      return;
    const auto [group, position] = places_[edit.symbol];
    Item &item = groups_[group].items[position];
    groups_[group].changed = true;
    switch (edit.change) {
    case Change::rename:
      item.name = edit.name;
      item.renamed = true;
      break;
    case Change::add: {
      Item another = item;
      another.entry = added_entry(another.entry, Visibility::exported);
      if (promotes(names_, edit)) {
        item.was = gone_;
      } else {
        another.was = nowhere;
        another.name = edit.name;
        another.renamed = true;
      }
      add(another);
      break;
    }
    case Change::visibility: {
      Item another = item;
      another.entry = hidden_entry(another.entry);
      item.was = gone_;
      groups_[locals].items.push_back(another);
      break;
    }
    default:
      break;
    }
  }

  void add(const Item &item) {
    groups_[defined].items.push_back(item);
    groups_[defined].changed = true;
  }

  Result<NewSymbols> write() {
    NewSymbols result;
    result.places.resize(places_.size());
    std::uint32_t next = 0;
    std::uint32_t counts[3] = {};
    for (std::size_t group = 0; group < std::size(groups_); ++group) {
      std::vector<Item> &items = groups_[group].items;
      std::erase_if(items, [](const Item &item) { return item.was == gone_; });
      if (groups_[group].by_name && groups_[group].changed)
        std::ranges::stable_sort(items, {}, &Item::name);
      counts[group] = static_cast<std::uint32_t>(items.size());
      for (Item &item : items) {
        if (item.was != nowhere)
          result.places[item.was] = next;
        ++next;
        if (item.renamed) {
          const std::optional<std::uint32_t> offset = pool_.add(item.name);
          if (!offset)
            return fail(Status::refused, "LC_SYMTAB", "the string table would exceed 4 GiB");
          item.entry.n_strx = *offset;
        }
        result.entries.append(bytes_of(item.entry));
      }
    }
    result.groups = {.locals = counts[locals], .defined = counts[defined], .undefined = counts[undefined]};
    result.strings = pool_.release();
    return result;
  }

  static constexpr std::uint32_t gone_ = nowhere - 1;
  static constexpr std::size_t locals = 0;
  static constexpr std::size_t defined = 1;
  static constexpr std::size_t undefined = 2;

  const Image<T> &image_;
  const Names &names_;
  const Plan &plan_;
  StringPool pool_;
  Group groups_[3];
  std::vector<std::pair<std::size_t, std::uint32_t>> places_; ///< group and place in it, by old index
};

template <class T> Result<NewSymbols> new_symbols(const Image<T> &image, const Names &names, const Plan &plan) {
  return SymbolWriter<T>(image, names, plan).run();
}

} // namespace linkname::macho::image
