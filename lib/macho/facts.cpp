#include "macho/facts.h"

#include "macho/pointers.h"
#include "macho/symbol_edit.h"
#include "macho/typed.h"

#include <algorithm>

namespace linkname::macho {
namespace {

using namespace llvm::MachO;

constexpr Bytes record_segment = "__DWARF";
constexpr Bytes record_section = "__linkname";

/// What a symbol of this section stands for: the format says nothing about the symbol itself.
Kind kind_in(std::uint32_t flags) {
  switch (flags & SECTION_TYPE) {
  case S_THREAD_LOCAL_REGULAR:
  case S_THREAD_LOCAL_ZEROFILL:
  case S_THREAD_LOCAL_VARIABLES:
    return Kind::thread_local_;
  default:
    break;
  }
  if ((flags & (S_ATTR_PURE_INSTRUCTIONS | S_ATTR_SOME_INSTRUCTIONS)) != 0)
    return Kind::function;
  return (flags & S_ATTR_DEBUG) != 0 ? Kind::untyped : Kind::object;
}

Binding binding_of(std::uint8_t n_type, std::uint16_t n_desc) {
  if ((n_type & N_EXT) == 0)
    return Binding::local;
  // The bit of a weak definition means something else where the symbol is undefined.
  const bool defined = (n_type & N_TYPE) != N_UNDF && (n_type & N_TYPE) != N_PBUD;
  return (n_desc & (defined ? N_WEAK_DEF : N_WEAK_REF)) != 0 ? Binding::weak : Binding::global;
}

template <class T> Result<Symbol> symbol_of(const View<T> &view, std::uint32_t i) {
  const typename T::Symbol &entry = view.symbols()[i];
  const Result<Bytes> name = view.symbol_name(i);
  if (!name)
    return std::unexpected(name.error());
  Symbol symbol;
  symbol.name = *name;
  symbol.value = entry.n_value;
  symbol.index = i;
  symbol.binding = binding_of(entry.n_type, entry.n_desc);
  if ((entry.n_type & N_PEXT) != 0 || (symbol.binding != Binding::local && may_be_hidden(entry)))
    symbol.visibility = Visibility::hidden;
  switch (entry.n_type & N_TYPE) {
  case N_SECT: {
    if (entry.n_sect == 0 || entry.n_sect > view.sections().size())
      return malformed(view.symbol_place(i), "n_sect names no section");
    const typename T::Section &section = *view.sections()[entry.n_sect - 1U];
    symbol.home = Home::section;
    symbol.section = entry.n_sect;
    symbol.kind = kind_in(section.flags);
    // Counted modulo the width of an address: `.set` may place a symbol before its section.
    symbol.value -= section.addr;
    // As in ELF, bit 0 says Thumb. Pointers have it too.
    if (view.is_thumb(i))
      symbol.value |= 1;
    break;
  }
  case N_UNDF:
    if ((entry.n_type & N_EXT) != 0 && entry.n_value != 0) {
      symbol.home = Home::common;
      symbol.kind = Kind::object;
      symbol.size = entry.n_value;
      symbol.value = 0;
    }
    break;
  case N_PBUD:
    break;
  case N_ABS:
  case N_INDR: // another name for the symbol whose name n_value leads to: defined, but nowhere in this file
    symbol.home = Home::absolute;
    break;
  default:
    return malformed(view.symbol_place(i), "n_type is of no known kind");
  }
  return symbol;
}

template <class T> Result<void> add_symbols(const View<T> &view, Facts &facts) {
  facts.symbols.reserve(view.symbols().size());
  for (std::uint32_t i = 0; i < view.symbols().size(); ++i) {
    // Debugging entries are no symbols, and nothing may refer to them.
    if ((view.symbols()[i].n_type & N_STAB) != 0)
      continue;
    const Result<Symbol> symbol = symbol_of(view, i);
    if (!symbol)
      return std::unexpected(symbol.error());
    facts.symbols.push_back(*symbol);
  }
  return {};
}

template <class T> Result<void> add_records(const View<T> &view, Facts &facts) {
  PointerReader<T> reader(view, facts);
  for (std::uint32_t number = 1; number <= view.sections().size(); ++number) {
    const typename T::Section &header = *view.sections()[number - 1];
    if (fixed_name(header.sectname) != record_section || fixed_name(header.segname) != record_segment)
      continue;
    const Result<Bytes> contents = view.contents(number);
    if (!contents)
      return std::unexpected(contents.error());
    Result<std::vector<RecordPointer>> pointers = reader.read(number, *contents);
    if (!pointers)
      return std::unexpected(std::move(pointers.error()));
    facts.record_sections.push_back({.bytes = *contents,
                                     .name = facts.sections[number].name(),
                                     .pointer_size = T::pointer_size,
                                     .big_endian = T::is_big_endian,
                                     .pointers = std::move(*pointers)});
  }
  return {};
}

/// GCC keeps its intermediate code in a segment of its own. (Clang's is no Mach-O file at all; `__LLVM,__bitcode` is
/// a copy that no linker reads.)
template <class T> Lto lto_of(const View<T> &view, const Facts &facts) {
  const auto is_lto = [](const typename T::Section *section) { return fixed_name(section->segname) == "__GNU_LTO"; };
  if (std::ranges::none_of(view.sections(), is_lto))
    return Lto::none;
  const auto is_mark = [](const Symbol &symbol) { return symbol.name == "___gnu_lto_slim"; };
  return facts.symbols.empty() || std::ranges::any_of(facts.symbols, is_mark) ? Lto::slim : Lto::fat;
}

std::string target_of(std::uint32_t cpu, std::uint32_t subtype) {
  switch (cpu) {
  case static_cast<std::uint32_t>(CPU_TYPE_X86_64):
    return "macho-x86_64";
  case static_cast<std::uint32_t>(CPU_TYPE_I386):
    return "macho-i386";
  case static_cast<std::uint32_t>(CPU_TYPE_ARM64):
    return (subtype & ~static_cast<std::uint32_t>(CPU_SUBTYPE_MASK)) == CPU_SUBTYPE_ARM64E ? "macho-arm64e"
                                                                                           : "macho-arm64";
  case static_cast<std::uint32_t>(CPU_TYPE_ARM64_32):
    return "macho-arm64_32";
  case static_cast<std::uint32_t>(CPU_TYPE_ARM):
    return "macho-arm";
  case static_cast<std::uint32_t>(CPU_TYPE_POWERPC):
    return "macho-ppc";
  case static_cast<std::uint32_t>(CPU_TYPE_POWERPC64):
    return "macho-ppc64";
  default:
    return join({"macho-cpu-", std::to_string(cpu)});
  }
}

} // namespace

Result<std::array<Bytes, 2>> names(Bytes bytes) {
  return with_view(bytes, [&]<class T>(const View<T> &view) -> Result<std::array<Bytes, 2>> {
    return std::array<Bytes, 2>{bytes.substr(0, static_cast<std::size_t>(view.commands_end())), view.strings()};
  });
}

Result<Facts> inspect(Bytes bytes) {
  return with_view(bytes, []<class T>(const View<T> &view) -> Result<Facts> {
    Facts facts;
    facts.format = Format::macho;
    facts.target = target_of(view.header().cputype, view.header().cpusubtype);
    facts.tables = {{.name = "LC_SYMTAB"}};
    facts.name_prefix = '_';
    facts.sections.reserve(view.sections().size() + 1);
    facts.sections.emplace_back(); // section numbers start with 1
    for (const typename T::Section *section : view.sections()) {
      const Bytes name = fixed_name(section->sectname);
      facts.sections.push_back({.name_field = name, .address = section->addr});
      facts.debug_information = facts.debug_information || name == "__debug_info";
    }
    if (Result<void> added = add_symbols(view, facts); !added)
      return std::unexpected(std::move(added.error()));
    facts.lto = lto_of(view, facts);
    if (const auto *const table = view.symbol_table(); table != nullptr && table->symoff < table->stroff)
      facts.tail_from = facts.tail_until = table->symoff;
    if (Result<void> added = add_records(view, facts); !added)
      return std::unexpected(std::move(added.error()));
    return facts;
  });
}

} // namespace linkname::macho
