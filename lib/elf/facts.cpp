#include "elf/facts.h"

#include "base/large_pages.h"
#include "elf/machine.h"
#include "elf/relocations.h"
#include "elf/symbol_words.h"
#include "elf/typed.h"

#include <algorithm>

namespace linkname::elf {
namespace {

using namespace llvm::ELF;

/// How many entries before its turn a name is asked for.
constexpr std::size_t names_ahead = 16;

/// What one walk over the section headers gathers: large objects have more of them than of symbols.
struct SectionWalk {
  std::vector<bool> comdat;              ///< by section: a member of a COMDAT group (gABI, "Section Groups")
  std::vector<std::uint32_t> signatures; ///< symbols by whose names linkers tell such groups apart
  std::vector<std::uint32_t> records;    ///< record sections
  bool lto = false;                      ///< GCC's sections open with `.gnu.lto_`, LLVM's fat objects have `.llvm.lto`
};

template <class ELFT> Result<void> note_group(const View<ELFT> &view, std::uint32_t group, SectionWalk &walk) {
  const Result<Bytes> contents = view.contents(group);
  if (!contents)
    return std::unexpected(contents.error());
  const auto words = entries_of<typename ELFT::Word>(*contents);
  if (words.empty() || (words.front() & GRP_COMDAT) == 0)
    return {};
  for (const std::uint32_t member : words.subspan(1)) {
    if (member >= walk.comdat.size())
      return malformed(view.section_place(group), "a member of the group is no section");
    walk.comdat[member] = true;
  }
  if (view.sections()[group].sh_link == view.symbol_table())
    walk.signatures.push_back(view.sections()[group].sh_info);
  return {};
}

template <class ELFT> Result<SectionWalk> walk_sections(const View<ELFT> &view, Facts &facts) {
  SectionWalk walk;
  walk.comdat.resize(view.sections().size());
  reserve_large(facts.sections, view.sections().size());
  for (std::uint32_t i = 0; i < view.sections().size(); ++i) {
    const auto &section = view.sections()[i];
    facts.sections.push_back({.name_field = view.section_name_field(i)});
    if (section.sh_type == SHT_GROUP && i != 0) {
      if (Result<void> noted = note_group(view, i, walk); !noted)
        return std::unexpected(std::move(noted.error()));
    }
    // Reading a name waits for memory; code and relocations, which most sections are, have none that matters here.
    if ((section.sh_flags & SHF_EXECINSTR) != 0 || is_relocation_section(section.sh_type))
      continue;
    const Bytes name = view.section_name(i);
    if (section.sh_type == SHT_PROGBITS) {
      if (name == ".linkname")
        walk.records.push_back(i);
      walk.lto = walk.lto || name.starts_with(".gnu.lto_");
      facts.debug_information = facts.debug_information || name == ".debug_info";
    }
    walk.lto = walk.lto || name == ".llvm.lto";
  }
  return walk;
}

template <class ELFT> Result<void> add_symbols(const View<ELFT> &view, const std::vector<bool> &comdat, Facts &facts) {
  const std::uint32_t first_global =
      view.symbol_table() == 0 ? 0 : std::uint32_t{view.sections()[view.symbol_table()].sh_info};
  reserve_large(facts.symbols, view.symbols().size());
  for (std::uint32_t i = 0; i < view.symbols().size(); ++i) {
    view.prefetch_symbol_name(i + names_ahead);
    const auto &entry = view.symbols()[i];
    const auto place = [&] { return join({".symtab[", std::to_string(i), "]"}); };
    const std::optional<Bytes> name = c_string(view.strings(), entry.st_name);
    if (!name)
      return malformed(place(), "the name reaches past the string table");
    const std::optional<Binding> binding = binding_of(entry.getBinding());
    if (!binding)
      return fail(Status::malformed, place(), "the binding of this symbol is of no known kind");
    if ((*binding == Binding::local) != (i < first_global))
      return malformed(place(), "local symbols must come before all others, and this one does not");

    Symbol symbol;
    symbol.name = *name;
    symbol.value = entry.st_value;
    symbol.size = entry.st_size;
    symbol.index = i;
    symbol.binding = *binding;
    symbol.visibility = visibility_of(entry.st_other);
    symbol.kind = kind_of(entry.getType());
    const auto section = view.section_of(i);
    if (section.reserved) {
      // Processor-specific values such as SHN_MIPS_ACOMMON or SHN_X86_64_LCOMMON are storage to be allotted, like
      // SHN_COMMON.
      symbol.home = section.index == SHN_ABS ? Home::absolute : Home::common;
    } else if (section.index != SHN_UNDEF) {
      if (section.index >= view.sections().size())
        return malformed(place(), "st_shndx names no section");
      symbol.home = Home::section;
      symbol.section = section.index;
      symbol.in_group = comdat[section.index];
    }
    // Locals belong to the STT_FILE entry before them (gABI, "Symbol Table").
    if (symbol.kind == Kind::file)
      facts.sources.push_back(symbol.name);
    else if (symbol.binding == Binding::local && i != 0)
      symbol.source = static_cast<std::uint32_t>(facts.sources.size() - 1);
    facts.symbols.push_back(symbol);
  }
  return {};
}

/// Whether there is native code beside the code for link-time optimisation; a slim GCC object says in a symbol that
/// there is none.
Lto lto_of(const SectionWalk &walk, const Facts &facts) {
  if (!walk.lto)
    return Lto::none;
  const bool slim =
      std::ranges::any_of(facts.symbols, [](const Symbol &symbol) { return symbol.name == "__gnu_lto_slim"; });
  return slim || facts.symbols.empty() ? Lto::slim : Lto::fat;
}

template <class ELFT>
Result<void> add_records(const View<ELFT> &view, std::span<const std::uint32_t> sections, Facts &facts) {
  constexpr std::uint8_t pointer_size = ELFT::Is64Bits ? 8 : 4;
  // Headers may claim the same bytes again and again; an honest file has room for each of its relocations.
  std::size_t pointers = 0;
  for (const std::uint32_t i : sections) {
    const Result<Bytes> contents = view.contents(i);
    if (!contents)
      return std::unexpected(contents.error());
    RecordSection section{.bytes = *contents,
                          .name = view.section_name(i),
                          .pointer_size = pointer_size,
                          .big_endian = view.bytes()[EI_DATA] == ELFDATA2MSB,
                          .pointers = {}};
    for (std::uint32_t r = 1; r < view.sections().size(); ++r) {
      if (!is_relocation_section(view.sections()[r].sh_type) || view.sections()[r].sh_info != i)
        continue;
      const Result<void> read = for_each_relocation(view, r, [&](const Relocation &relocation) {
        const std::int64_t addend =
            relocation.explicit_addend ? relocation.addend : value_at<ELFT>(*contents, relocation.offset, pointer_size);
        section.pointers.push_back({.offset = relocation.offset, .symbol = relocation.symbol, .addend = addend});
      });
      if (!read)
        return std::unexpected(read.error());
      pointers += section.pointers.size();
      if (pointers > view.bytes().size())
        return malformed(view.section_place(r), "shares its relocations with other sections");
    }
    std::ranges::stable_sort(section.pointers, {}, &RecordPointer::offset);
    facts.record_sections.push_back(std::move(section));
  }
  return {};
}

} // namespace

Result<std::array<Bytes, 2>> names(Bytes bytes) {
  return with_view(bytes, []<class ELFT>(const View<ELFT> &view) -> Result<std::array<Bytes, 2>> {
    return std::array<Bytes, 2>{view.section_names(), view.strings()};
  });
}

Result<Facts> inspect(Bytes bytes) {
  return with_view(bytes, []<class ELFT>(const View<ELFT> &view) -> Result<Facts> {
    Facts facts;
    facts.format = Format::elf;
    facts.target = target_of(view);
    facts.tables = {{.name = ".symtab"}};
    view.populate_tables();
    const Result<SectionWalk> walk = walk_sections(view, facts);
    if (!walk)
      return std::unexpected(walk.error());
    if (Result<void> added = add_symbols(view, walk->comdat, facts); !added)
      return std::unexpected(std::move(added.error()));
    for (const std::uint32_t signature : walk->signatures)
      if (signature < facts.symbols.size())
        facts.symbols[signature].names_group = true;
    facts.lto = lto_of(*walk, facts);
    if (Result<void> added = add_records(view, walk->records, facts); !added)
      return std::unexpected(std::move(added.error()));
    for (const std::uint32_t table : {view.symbol_table(), view.string_table(), view.extended_table()}) {
      if (table == 0)
        continue;
      const std::uint64_t end = std::uint64_t{view.sections()[table].sh_offset} + view.sections()[table].sh_size;
      facts.tail_from = std::max(facts.tail_from, end);
    }
    facts.tail_until = std::max<std::uint64_t>(facts.tail_from, view.header().e_shoff);
    return facts;
  });
}

} // namespace linkname::elf
