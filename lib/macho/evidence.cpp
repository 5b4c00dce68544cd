#include "macho/evidence.h"

#include "macho/meaning.h"
#include "macho/relocations.h"
#include "macho/symbol_edit.h"
#include "macho/typed.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace linkname::macho {
namespace {

using namespace llvm::MachO;

template <class T> class Collector {
public:
  using Relocation = typename T::Relocation;

  Collector(const View<T> &view, std::span<const std::uint32_t> symbols)
      : view_(view), processor_(processor(view.header().cputype)), found_(symbols.size()) {
    for (std::size_t i = 0; i < symbols.size(); ++i) {
      by_index_[symbols[i]].push_back(i);
      if (is_in_section(symbols[i]))
        by_address_[address_of(symbols[i])].push_back(i);
    }
  }

  Result<std::vector<Evidence>> run() {
    find_address_tables();
    Result<void> read = for_each_relocated_section(view_, [&](std::uint32_t number, auto relocations) -> Result<void> {
      const Meaning meaning = meaning_of<T>(*view_.sections()[number - 1]);
      if (meaning == Meaning::nothing)
        return {};
      const Result<Bytes> contents = view_.contents(number);
      if (!contents)
        return std::unexpected(contents.error());
      for (std::size_t i = 0; i < relocations.size(); ++i) {
        if (relocations[i].target().type == processor_.subtractor)
          ++i; // the difference of two symbols is no pointer, and takes two entries
        else if (Result<void> good = read_one(number, meaning, *contents, relocations[i]); !good)
          return good;
      }
      return {};
    });
    if (!read)
      return std::unexpected(std::move(read.error()));
    weigh_pointers();
    measure_room();
    return std::move(found_);
  }

private:
  using Address = std::pair<std::uint32_t, std::uint64_t>; ///< section and address
  struct HashAddress {
    std::size_t operator()(const Address &address) const {
      return static_cast<std::size_t>((address.second + (std::uint64_t{address.first} << 40U)) * 0x9e3779b97f4a7c15U);
    }
  };

  [[nodiscard]] bool is_in_section(std::uint32_t symbol) const {
    const auto &entry = view_.symbols()[symbol];
    return kind_of(entry) == EntryKind::defined && (entry.n_type & N_TYPE) == N_SECT;
  }

  [[nodiscard]] Address address_of(std::uint32_t symbol) const {
    return {view_.symbols()[symbol].n_sect, view_.symbols()[symbol].n_value};
  }

  [[nodiscard]] bool is_code(std::uint32_t section) const {
    return section != 0 && section <= view_.sections().size() &&
           (view_.sections()[section - 1]->flags & (S_ATTR_PURE_INSTRUCTIONS | S_ATTR_SOME_INSTRUCTIONS)) != 0;
  }

  /// An empty one counts: then no address is taken.
  void find_address_tables() {
    const bool there = std::ranges::any_of(view_.sections(), [](const typename T::Section *section) {
      return meaning_of<T>(*section) == Meaning::address_table;
    });
    for (Evidence &evidence : found_)
      evidence.has_address_table = there;
  }

  Result<void> read_one(std::uint32_t section, Meaning meaning, Bytes contents, const Relocation &relocation) {
    const RelocationTarget target = relocation.target();
    const std::uint32_t offset = relocation.r_address;
    // A scattered one is that of a symbol and what is added to it: the end of an array, for one.
    if (is_scattered(processor_, relocation))
      return {};
    if (target.external && target.number >= view_.symbols().size())
      return malformed(view_.section_place(section), join({"the relocation at ", hex(offset), " names no symbol"}));
    if (meaning == Meaning::address_table) {
      if (target.external)
        for (const std::size_t i : known(by_index_, target.number))
          found_[i].in_address_table = true;
      return {};
    }
    const bool authenticated = target.type == processor_.authenticated;
    const auto word = array_at<typename T::Word>(contents, offset, 1);
    if (!processor_.known || (target.type != processor_.pointer && !authenticated) || target.relative ||
        1U << target.length != T::pointer_size || !word)
      return {};
    const std::uint64_t value = word->front();
    const Address place = {section, view_.sections()[section - 1]->addr + offset};
    if (!target.external) {
      // What is too far for a scattered relocation is written like this too, whatever is added to it.
      if (processor_.scatters && offset > largest_scattered_offset)
        return {};
      note_address(meaning, place, {target.number, is_arm() ? value & ~std::uint64_t{1} : value});
      return {};
    }
    // The upper half of an authenticated pointer says how it is signed.
    std::uint64_t addend = authenticated ? value & UINT32_MAX : value;
    if (view_.is_thumb(target.number))
      addend &= ~std::uint64_t{1};
    if (addend != 0) {
      if (is_in_section(target.number) && is_code(view_.symbols()[target.number].n_sect))
        label_places_.push_back(place);
      return {};
    }
    for (const std::size_t i : known(by_index_, target.number))
      note(meaning, place, i);
    return {};
  }

  [[nodiscard]] bool is_arm() const { return view_.header().cputype == static_cast<std::uint32_t>(CPU_TYPE_ARM); }

  /// A pointer that is an address among those of the object.
  void note_address(Meaning meaning, Address place, Address to) {
    for (const std::size_t i : known(by_address_, to))
      note(meaning, place, i);
    if (is_code(to.first) && !starts().contains(to))
      label_places_.push_back(place);
  }

  void note(Meaning meaning, Address place, std::size_t i) {
    if (meaning == Meaning::records)
      found_[i].recorded = true;
    else if (meaning == Meaning::functions)
      found_[i].in_data = true;
    else
      pointers_.push_back({.place = place, .to = i});
  }

  template <class Map, class Key> static std::span<const std::size_t> known(const Map &map, const Key &key) {
    const auto found = map.find(key);
    return found == map.end() ? std::span<const std::size_t>{} : std::span<const std::size_t>(found->second);
  }

  const std::unordered_set<Address, HashAddress> &starts() {
    if (starts_.empty())
      for (std::uint32_t i = 0; i < view_.symbols().size(); ++i)
        if (is_in_section(i))
          starts_.insert(address_of(i));
    return starts_;
  }

  /// Not every pointer is an address that the programmer took: a variable full of labels (GCC, "Labels as Values") may
  /// hold where its function begins, and so may a jump table. A variable reaches from its symbol to the next one.
  void weigh_pointers() {
    if (pointers_.empty())
      return;
    std::vector<Address> variables(starts().begin(), starts().end());
    std::ranges::sort(variables);
    const auto variable_around = [&](Address place) {
      const auto after = std::ranges::upper_bound(variables, place);
      return after == variables.begin() || std::prev(after)->first != place.first ? Address{} : *std::prev(after);
    };
    std::unordered_set<Address, HashAddress> label_tables = {Address{}}; // what is in no variable
    for (const Address &place : label_places_)
      label_tables.insert(variable_around(place));
    for (const Pointer &pointer : pointers_)
      if (!label_tables.contains(variable_around(pointer.place)))
        found_[pointer.to].in_data = true;
  }

  /// A definition ends where the next symbol is, or with its section. Mostly few are asked about, and then looking
  /// among these for each symbol is quicker than putting all symbols in order.
  void measure_room() {
    std::map<Address, std::uint64_t> ends;
    for (const auto &[address, wanted] : by_address_) {
      const auto &section = *view_.sections()[address.first - 1];
      ends.emplace(address, std::uint64_t{section.addr} + section.size);
    }
    for (std::uint32_t i = 0; i < view_.symbols().size() && !ends.empty(); ++i) {
      if (!is_in_section(i))
        continue;
      const Address place = address_of(i);
      const auto after = ends.lower_bound(place);
      if (after == ends.begin() || std::prev(after)->first.first != place.first)
        continue;
      std::uint64_t &end = std::prev(after)->second;
      end = std::min(end, place.second);
    }
    for (const auto &[address, wanted] : by_address_)
      for (const std::size_t i : wanted)
        found_[i].room = ends[address] - address.second;
  }

  /// Something that holds the whole address of a symbol.
  struct Pointer {
    Address place;
    std::size_t to;
  };

  static constexpr std::uint32_t largest_scattered_offset = 0xffffff;

  const View<T> &view_;
  Processor processor_;
  std::vector<Evidence> found_;
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> by_index_;
  std::unordered_map<Address, std::vector<std::size_t>, HashAddress> by_address_;
  std::unordered_set<Address, HashAddress> starts_; ///< where symbols are
  std::vector<Pointer> pointers_;
  std::vector<Address> label_places_; ///< what points into the middle of a function
};

/// Whether one relocation keeps to what there is.
template <class T> bool is_sound(const View<T> &view, const Processor &cpu, const typename T::Relocation &relocation) {
  if (is_scattered(cpu, relocation))
    return true;
  const RelocationTarget target = relocation.target();
  if (names_symbol(cpu, relocation))
    return target.number < view.symbols().size();
  const bool names_section = target.type != cpu.pair && target.type != cpu.addend;
  return !names_section || target.number <= view.sections().size();
}

} // namespace

Result<std::vector<Evidence>> evidence(Bytes bytes, std::span<const std::uint32_t> symbols) {
  if (symbols.empty())
    return std::vector<Evidence>{};
  return with_view(bytes, [&]<class T>(const View<T> &view) -> Result<std::vector<Evidence>> {
    for (const std::uint32_t symbol : symbols)
      if (symbol >= view.symbols().size())
        return malformed("LC_SYMTAB", "an index past the end of the table was asked for");
    return Collector<T>(view, symbols).run();
  });
}

bool relocations_are_sound(Bytes bytes) {
  const Result<void> sound = with_view(bytes, []<class T>(const View<T> &view) -> Result<void> {
    const Processor cpu = processor(view.header().cputype);
    if (!cpu.known)
      return malformed("Mach-O header", "an unknown processor");
    return for_each_relocated_section(view, [&](std::uint32_t number, auto relocations) -> Result<void> {
      const auto good = [&](const auto &relocation) { return is_sound(view, cpu, relocation); };
      return std::ranges::all_of(relocations, good) ? Result<void>()
                                                    : malformed(view.section_place(number), "a relocation is damaged");
    });
  });
  return sound.has_value();
}

} // namespace linkname::macho
