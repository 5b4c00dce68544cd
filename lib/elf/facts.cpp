#include "elf/facts.h"

#include "elf/machine.h"
#include "elf/relocations.h"
#include "elf/typed.h"

#include <algorithm>

namespace linkname::elf {
namespace {

using namespace llvm::ELF;

Visibility visibility_of(unsigned char st_other) {
  switch (st_other & 3U) {
  case STV_HIDDEN:
    return Visibility::hidden;
  case STV_INTERNAL:
    return Visibility::internal;
  case STV_PROTECTED:
    return Visibility::protected_;
  default:
    return Visibility::exported;
  }
}

/// Nothing for a binding that no specification knows.
std::optional<Binding> binding_of(unsigned char binding) {
  switch (binding) {
  case STB_LOCAL:
    return Binding::local;
  case STB_GLOBAL:
    return Binding::global;
  case STB_WEAK:
    return Binding::weak;
  case STB_GNU_UNIQUE:
    return Binding::unique;
  default:
    return std::nullopt;
  }
}

Kind kind_of(unsigned char type) {
  switch (type) {
  case STT_OBJECT:
  case STT_COMMON:
    return Kind::object;
  case STT_FUNC:
    return Kind::function;
  case STT_SECTION:
    return Kind::section;
  case STT_FILE:
    return Kind::file;
  case STT_TLS:
    return Kind::thread_local_;
  case STT_GNU_IFUNC:
    return Kind::indirect_function;
  default:
    return Kind::untyped;
  }
}

/// Which sections are members of a COMDAT group (gABI, "Section Groups").
template <class ELFT> Result<std::vector<bool>> comdat_members(const View<ELFT> &view) {
  std::vector<bool> members(view.sections().size());
  for (std::uint32_t i = 1; i < view.sections().size(); ++i) {
    if (view.sections()[i].sh_type != SHT_GROUP)
      continue;
    const Result<Bytes> contents = view.contents(i);
    if (!contents)
      return std::unexpected(contents.error());
    const auto words = array_at<typename ELFT::Word>(*contents, 0, contents->size() / sizeof(typename ELFT::Word));
    if (words->empty() || ((*words)[0] & GRP_COMDAT) == 0)
      continue;
    for (const std::uint32_t member : words->subspan(1)) {
      if (member >= members.size())
        return malformed(view.section_place(i), "a member of the group is no section");
      members[member] = true;
    }
  }
  return members;
}

template <class ELFT> Result<void> add_symbols(const View<ELFT> &view, Facts &facts) {
  const Result<std::vector<bool>> comdat = comdat_members(view);
  if (!comdat)
    return std::unexpected(comdat.error());
  const std::uint32_t first_global =
      view.symbol_table() == 0 ? 0 : std::uint32_t{view.sections()[view.symbol_table()].sh_info};
  facts.symbols.reserve(view.symbols().size());
  for (std::uint32_t i = 0; i < view.symbols().size(); ++i) {
    const auto &entry = view.symbols()[i];
    const auto place = [&] { return join({".symtab[", std::to_string(i), "]"}); };
    const Result<Bytes> name = view.symbol_name(i);
    if (!name)
      return std::unexpected(name.error());
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
      symbol.in_group = (*comdat)[section.index];
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

/// Code for link-time optimisation beside or instead of the native code: GCC's sections open with `.gnu.lto_`, LLVM's
/// fat objects have `.llvm.lto`; a slim GCC object says so in a symbol.
template <class ELFT> Lto lto_of(const View<ELFT> &view, const Facts &facts) {
  const bool any = std::ranges::any_of(facts.sections, [](const Section &section) {
    return section.name.starts_with(".gnu.lto_") || section.name == ".llvm.lto";
  });
  if (!any)
    return Lto::none;
  const bool slim =
      std::ranges::any_of(facts.symbols, [](const Symbol &symbol) { return symbol.name == "__gnu_lto_slim"; });
  return slim || view.symbols().empty() ? Lto::slim : Lto::fat;
}

template <class ELFT> Result<void> add_records(const View<ELFT> &view, Facts &facts) {
  constexpr std::uint8_t pointer_size = ELFT::Is64Bits ? 8 : 4;
  // Headers may claim the same bytes again and again; an honest file has room for each of its relocations.
  std::size_t pointers = 0;
  for (std::uint32_t i = 1; i < view.sections().size(); ++i) {
    if (view.section_name(i) != ".linkname" || view.sections()[i].sh_type != SHT_PROGBITS)
      continue;
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

template <class ELFT> std::string target_of(const View<ELFT> &view) {
  const bool little = view.bytes()[EI_DATA] == ELFDATA2LSB;
  const Machine row = machine(view.header().e_machine);
  std::string name(row.name);
  if (name == "unknown")
    name += join({"-machine-", std::to_string(row.number)});
  return join({ELFT::Is64Bits ? "elf64-" : "elf32-", little ? "little-" : "big-", name});
}

} // namespace

Result<Facts> inspect(Bytes bytes) {
  return with_view(bytes, []<class ELFT>(const View<ELFT> &view) -> Result<Facts> {
    Facts facts;
    facts.format = Format::elf;
    facts.target = target_of(view);
    facts.symbol_table = ".symtab";
    facts.sections.reserve(view.sections().size());
    for (std::uint32_t i = 0; i < view.sections().size(); ++i)
      facts.sections.push_back({.name = view.section_name(i)});
    if (Result<void> added = add_symbols(view, facts); !added)
      return std::unexpected(std::move(added.error()));
    facts.lto = lto_of(view, facts);
    if (Result<void> added = add_records(view, facts); !added)
      return std::unexpected(std::move(added.error()));
    return facts;
  });
}

} // namespace linkname::elf
