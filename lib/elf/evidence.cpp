#include "elf/evidence.h"

#include "base/leb128.h"
#include "elf/machine.h"
#include "elf/relocations.h"
#include "elf/typed.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace linkname::elf {
namespace {

using namespace llvm::ELF;

bool is_of(Bytes name, std::initializer_list<Bytes> stems) {
  return std::ranges::any_of(stems, [&](Bytes stem) {
    return name.starts_with(stem) &&
           (name.size() == stem.size() || name[stem.size()] == '.' || name[stem.size()] == '1');
  });
}

/// Sections with initialised variables and tables of functions. Others, such as .eh_frame, hold addresses of functions
/// whose address nobody took.
bool holds_variables(Bytes name) { return is_of(name, {".data", ".rodata", ".tdata", ".sdata", ".ldata", ".lrodata"}); }

/// Sections that are nothing but pointers to functions.
bool holds_functions(Bytes name) { return is_of(name, {".init_array", ".fini_array"}); }

template <class ELFT> class Collector {
public:
  Collector(const View<ELFT> &view, std::span<const std::uint32_t> symbols)
      : view_(view), machine_(machine(view.header().e_machine)), found_(symbols.size()) {
    for (std::size_t i = 0; i < symbols.size(); ++i) {
      by_index_[symbols[i]].push_back(i);
      const auto section = view.section_of(symbols[i]);
      wanted_.emplace_back(section.index, address_of(symbols[i]));
      if (!section.reserved)
        by_address_[wanted_.back()].push_back(i);
    }
  }

  Result<std::vector<Evidence>> run() {
    for (std::uint32_t i = 1; i < view_.sections().size(); ++i) {
      const auto &section = view_.sections()[i];
      Result<void> read;
      // A stale table, left by a tool that renumbered symbols, has lost its link (LLVM, "Extensions").
      if (section.sh_type == SHT_LLVM_ADDRSIG && section.sh_link == view_.symbol_table())
        read = read_address_table(i);
      else if (relocates(i))
        read = read_relocations(i);
      if (!read)
        return std::unexpected(std::move(read.error()));
    }
    if (Result<void> weighed = weigh_pointers(); !weighed)
      return std::unexpected(std::move(weighed.error()));
    return std::move(found_);
  }

private:
  using Address = std::pair<std::uint32_t, std::uint64_t>; ///< section and offset
  struct HashAddress {
    std::size_t operator()(const Address &address) const {
      return static_cast<std::size_t>((address.second + (std::uint64_t{address.first} << 40U)) * 0x9e3779b97f4a7c15U);
    }
  };

  [[nodiscard]] std::uint64_t address_of(std::uint32_t symbol) const {
    const auto &entry = view_.symbols()[symbol];
    return machine_.thumb_bit && entry.getType() == STT_FUNC ? entry.st_value & ~std::uint64_t{1}
                                                             : std::uint64_t{entry.st_value};
  }

  template <class Note> void note_index(std::uint32_t symbol, Note note) {
    if (const auto known = by_index_.find(symbol); known != by_index_.end())
      for (const std::size_t i : known->second)
        note(found_[i]);
  }

  Result<void> read_address_table(std::uint32_t section) {
    for (Evidence &evidence : found_)
      evidence.has_address_table = true;
    Result<Bytes> contents = view_.contents(section);
    if (!contents)
      return std::unexpected(contents.error());
    while (!contents->empty()) {
      const std::optional<std::uint64_t> symbol = take_unsigned_leb128(*contents);
      if (!symbol)
        return malformed(view_.section_place(section), "an entry is damaged");
      if (*symbol <= UINT32_MAX)
        note_index(static_cast<std::uint32_t>(*symbol), [](Evidence &evidence) { evidence.in_address_table = true; });
    }
    return {};
  }

  /// What a section is to somebody who looks for addresses of functions and variables.
  enum class Content : std::uint8_t { other, data, records };

  [[nodiscard]] Content content_of(std::uint32_t section) const {
    if (section == 0 || section >= view_.sections().size())
      return Content::other;
    const std::uint64_t flags = view_.sections()[section].sh_flags;
    if ((flags & SHF_EXECINSTR) != 0)
      return Content::other;
    const Bytes name = view_.section_name(section);
    if (name == ".linkname")
      return Content::records;
    return (flags & SHF_ALLOC) != 0 && (holds_variables(name) || holds_functions(name)) ? Content::data
                                                                                        : Content::other;
  }

  [[nodiscard]] bool relocates(std::uint32_t section) const {
    const auto &header = view_.sections()[section];
    return is_relocation_section(header.sh_type) && header.sh_link == view_.symbol_table();
  }

  /// Hands out what fills a whole address: where it is, the symbol, and how far behind it.
  template <class Take> Result<void> for_each_address(std::uint32_t section, Take take) const {
    const std::uint32_t target = view_.sections()[section].sh_info;
    const Result<Bytes> contents = view_.contents(target);
    if (!contents)
      return std::unexpected(contents.error());
    const std::uint32_t whole_address = ELFT::Is64Bits ? machine_.address_64 : machine_.address_32;
    return for_each_relocation(view_, section, [&](const Relocation &relocation) {
      if (relocation.type != whole_address || whole_address == 0)
        return;
      const std::int64_t addend = relocation.explicit_addend
                                      ? relocation.addend
                                      : value_at<ELFT>(*contents, relocation.offset, ELFT::Is64Bits ? 8 : 4);
      take(Address{target, relocation.offset}, relocation.symbol, addend);
    });
  }

  [[nodiscard]] bool is_section(std::uint32_t symbol) const { return view_.symbols()[symbol].getType() == STT_SECTION; }

  /// Where an address leads that is relative to a section.
  [[nodiscard]] Address led_to(std::uint32_t section_symbol, std::int64_t addend) const {
    std::uint64_t offset = view_.symbols()[section_symbol].st_value + static_cast<std::uint64_t>(addend);
    if (machine_.thumb_bit)
      offset &= ~std::uint64_t{1};
    return {view_.section_of(section_symbol).index, offset};
  }

  Result<void> read_relocations(std::uint32_t section) {
    const Content content = content_of(view_.sections()[section].sh_info);
    if (content == Content::other)
      return {};
    return for_each_address(section, [&](Address place, std::uint32_t symbol, std::int64_t addend) {
      const auto note = [&](const auto &known, bool by_offset) {
        for (const std::size_t i : known->second)
          if (content == Content::records)
            found_[i].recorded = true;
          else
            pointers_.push_back({.place = place, .to = i, .by_offset = by_offset});
      };
      if (is_section(symbol)) {
        if (const auto known = by_address_.find(led_to(symbol, addend)); known != by_address_.end())
          note(known, true);
      } else if (addend == 0) {
        if (const auto known = by_index_.find(symbol); known != by_index_.end())
          note(known, false);
      }
    });
  }

  [[nodiscard]] bool is_code(std::uint32_t section) const {
    return section < view_.sections().size() && (view_.sections()[section].sh_flags & SHF_EXECINSTR) != 0;
  }

  /// Not every pointer is an address that the programmer took. A jump table, which belongs to no variable, may hold
  /// where its function begins, and so may a variable full of labels (GCC, "Labels as Values"); and where a variable
  /// begins may be the end of the one before it.
  Result<void> weigh_pointers() {
    if (pointers_.empty())
      return {};
    struct Variable {
      Address begin;
      std::uint64_t end;
    };
    std::vector<Variable> variables;
    std::unordered_set<Address, HashAddress> ends;
    std::unordered_set<Address, HashAddress> starts;
    for (std::uint32_t i = 0; i < view_.symbols().size(); ++i) {
      const auto &symbol = view_.symbols()[i];
      const auto section = view_.section_of(i);
      if (symbol.getType() != STT_SECTION && !section.reserved)
        starts.insert({section.index, address_of(i)});
      if (symbol.st_size == 0 || section.reserved || (symbol.getType() != STT_OBJECT && symbol.getType() != STT_TLS))
        continue;
      const std::uint64_t end = symbol.st_value + symbol.st_size;
      variables.push_back({.begin = {section.index, symbol.st_value}, .end = end});
      ends.insert({section.index, end});
    }
    std::ranges::sort(variables, {}, &Variable::begin);
    const auto variable_around = [&](Address place) -> const Variable * {
      const auto after = std::ranges::upper_bound(variables, place, {}, &Variable::begin);
      if (after == variables.begin())
        return nullptr;
      const Variable &before = *std::prev(after);
      return before.begin.first == place.first && place.second < before.end ? &before : nullptr;
    };
    std::unordered_set<const Variable *> label_tables;
    const auto look = [&](Address place, std::uint32_t symbol, std::int64_t addend) {
      if (!is_section(symbol))
        return;
      const Address to = led_to(symbol, addend);
      if (is_code(to.first) && !by_address_.contains(to) && !starts.contains(to))
        label_tables.insert(variable_around(place));
    };
    if (Result<void> looked = look_beside_pointers(look); !looked)
      return looked;
    for (const Pointer &pointer : pointers_) {
      if (!holds_functions(view_.section_name(pointer.place.first))) {
        const Variable *const variable = variable_around(pointer.place);
        if (variable == nullptr || (pointer.by_offset && label_tables.contains(variable)))
          continue;
      }
      if (pointer.by_offset && ends.contains(wanted_[pointer.to]))
        continue;
      found_[pointer.to].in_data = true;
    }
    return {};
  }

  /// Goes through the addresses in all sections that hold one of the pointers.
  template <class Look> Result<void> look_beside_pointers(Look look) const {
    std::unordered_set<std::uint32_t> holders;
    for (const Pointer &pointer : pointers_)
      holders.insert(pointer.place.first);
    for (std::uint32_t i = 1; i < view_.sections().size(); ++i)
      if (relocates(i) && holders.contains(view_.sections()[i].sh_info))
        if (Result<void> looked = for_each_address(i, look); !looked)
          return looked;
    return {};
  }

  /// Something that holds the whole address of a symbol.
  struct Pointer {
    Address place;
    std::size_t to;
    bool by_offset; ///< the relocation names the section, not the symbol
  };

  const View<ELFT> &view_;
  Machine machine_;
  std::vector<Evidence> found_;
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> by_index_;
  std::unordered_map<Address, std::vector<std::size_t>, HashAddress> by_address_;
  std::vector<Address> wanted_; ///< where each symbol is, beside found_
  std::vector<Pointer> pointers_;
};

} // namespace

Result<std::vector<Evidence>> evidence(Bytes bytes, std::span<const std::uint32_t> symbols) {
  if (symbols.empty())
    return std::vector<Evidence>{}; // also where there is no symbol table that relocations could speak of
  const auto collect = [&]<class ELFT>(const View<ELFT> &view) -> Result<std::vector<Evidence>> {
    for (const std::uint32_t symbol : symbols)
      if (symbol >= view.symbols().size())
        return malformed(".symtab", "an index past the end of the table was asked for");
    return Collector<ELFT>(view, symbols).run();
  };
  return with_view(bytes, collect, SymbolTables::one);
}

bool relocations_are_sound(Bytes bytes) {
  const Result<void> sound = with_view(bytes, []<class ELFT>(const View<ELFT> &view) -> Result<void> {
    for (std::uint32_t i = 1; i < view.sections().size(); ++i) {
      const auto &section = view.sections()[i];
      if (!is_relocation_section(section.sh_type))
        continue;
      const std::size_t entry = section.sh_type == SHT_REL ? sizeof(typename ELFT::Rel) : sizeof(typename ELFT::Rela);
      const bool whole = section.sh_type == sht_crel || (section.sh_entsize == entry && section.sh_size % entry == 0);
      if (!whole || view.symbol_table() == 0 || section.sh_link != view.symbol_table() ||
          section.sh_info >= view.sections().size())
        return malformed(view.section_place(i), "no relocations of this object's symbols");
      if (Result<void> read = for_each_relocation(view, i, [](const Relocation &) {}); !read)
        return read;
    }
    return {};
  });
  return sound.has_value();
}

} // namespace linkname::elf
