#include "elf/evidence.h"

#include "elf/leb128.h"
#include "elf/machine.h"
#include "elf/relocations.h"
#include "elf/typed.h"

#include <unordered_map>
#include <utility>

namespace linkname::elf {
namespace {

using namespace llvm::ELF;

/// Sections whose pointers were put there by the programmer: tables of functions, initialised variables. Others, such
/// as .eh_frame, hold addresses of functions whose address nobody took.
bool holds_program_data(Bytes name, std::uint64_t flags) {
  if ((flags & SHF_ALLOC) == 0 || (flags & SHF_EXECINSTR) != 0)
    return false;
  for (const Bytes stem : {".data", ".rodata", ".tdata", ".sdata", ".ldata", ".lrodata", ".init_array", ".fini_array"})
    if (name.starts_with(stem) && (name.size() == stem.size() || name[stem.size()] == '.' || name[stem.size()] == '1'))
      return true;
  return false;
}

template <class ELFT> class Collector {
public:
  Collector(const View<ELFT> &view, std::span<const std::uint32_t> symbols)
      : view_(view), machine_(machine(view.header().e_machine)), found_(symbols.size()) {
    for (std::size_t i = 0; i < symbols.size(); ++i) {
      by_index_[symbols[i]].push_back(i);
      const auto section = view.section_of(symbols[i]);
      if (!section.reserved)
        by_address_[{section.index, address_of(symbols[i])}].push_back(i);
    }
  }

  Result<std::vector<Evidence>> run() {
    for (std::uint32_t i = 1; i < view_.sections().size(); ++i) {
      const auto &section = view_.sections()[i];
      Result<void> read;
      // A stale table, left by a tool that renumbered symbols, has lost its link (LLVM, "Extensions").
      if (section.sh_type == SHT_LLVM_ADDRSIG && section.sh_link == view_.symbol_table())
        read = read_address_table(i);
      else if (is_relocation_section(section.sh_type) && section.sh_link == view_.symbol_table())
        read = read_relocations(i);
      if (!read)
        return std::unexpected(std::move(read.error()));
    }
    return std::move(found_);
  }

private:
  using Address = std::pair<std::uint32_t, std::uint64_t>;
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

  Result<void> read_relocations(std::uint32_t section) {
    const std::uint32_t target = view_.sections()[section].sh_info;
    if (target == 0 || target >= view_.sections().size())
      return {};
    const Bytes name = view_.section_name(target);
    const bool records = name == ".linkname";
    if (!records && !holds_program_data(name, view_.sections()[target].sh_flags))
      return {};
    const Result<Bytes> contents = view_.contents(target);
    if (!contents)
      return std::unexpected(contents.error());
    const std::uint32_t whole_address = ELFT::Is64Bits ? machine_.address_64 : machine_.address_32;
    return for_each_relocation(view_, section, [&](const Relocation &relocation) {
      if (relocation.type != whole_address || whole_address == 0)
        return;
      const auto note = [&](Evidence &evidence) { (records ? evidence.recorded : evidence.in_data) = true; };
      const std::int64_t addend = relocation.explicit_addend
                                      ? relocation.addend
                                      : value_at<ELFT>(*contents, relocation.offset, ELFT::Is64Bits ? 8 : 4);
      const auto &symbol = view_.symbols()[relocation.symbol];
      if (symbol.getType() != STT_SECTION) {
        if (addend == 0)
          note_index(relocation.symbol, note);
        return;
      }
      std::uint64_t address = symbol.st_value + static_cast<std::uint64_t>(addend);
      if (machine_.thumb_bit)
        address &= ~std::uint64_t{1};
      const auto known = by_address_.find({view_.section_of(relocation.symbol).index, address});
      if (known != by_address_.end())
        for (const std::size_t i : known->second)
          note(found_[i]);
    });
  }

  const View<ELFT> &view_;
  Machine machine_;
  std::vector<Evidence> found_;
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> by_index_;
  std::unordered_map<Address, std::vector<std::size_t>, HashAddress> by_address_;
};

} // namespace

Result<std::vector<Evidence>> evidence(Bytes bytes, std::span<const std::uint32_t> symbols) {
  return with_view(bytes, [&]<class ELFT>(const View<ELFT> &view) -> Result<std::vector<Evidence>> {
    for (const std::uint32_t symbol : symbols)
      if (symbol >= view.symbols().size())
        return malformed(".symtab", "an index past the end of the table was asked for");
    return Collector<ELFT>(view, symbols).run();
  });
}

bool relocations_are_sound(Bytes bytes) {
  const Result<void> sound = with_view(bytes, []<class ELFT>(const View<ELFT> &view) -> Result<void> {
    // Section 0 is none, but LLVM reads it like the others.
    for (std::uint32_t i = 0; i < view.sections().size(); ++i) {
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
