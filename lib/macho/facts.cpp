#include "macho/facts.h"

#include "macho/pointers.h"
#include "macho/symbol_facts.h"
#include "macho/typed.h"

#include <algorithm>

namespace linkname::macho {
namespace {

using namespace llvm::MachO;

constexpr Bytes record_segment = "__DWARF";
constexpr Bytes record_section = "__linkname";

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
