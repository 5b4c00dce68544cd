#include "coff/facts.h"

#include "coff/machine.h"
#include "coff/meaning.h"
#include "coff/section_symbol.h"
#include "coff/typed.h"

#include <algorithm>

namespace linkname::coff {
namespace {

using namespace llvm::COFF;

constexpr Bytes record_section_name = ".linkname";

Binding binding_of(std::uint8_t storage_class) {
  switch (storage_class) {
  case IMAGE_SYM_CLASS_EXTERNAL:
    return Binding::global;
  case IMAGE_SYM_CLASS_WEAK_EXTERNAL:
    return Binding::weak;
  default:
    return Binding::local;
  }
}

template <class SymbolType> Result<void> add_symbol(const View<SymbolType> &view, std::uint32_t i, Facts &facts) {
  const SymbolType &entry = view.symbols()[i];
  const Result<Bytes> name = view.symbol_name(i);
  if (!name)
    return std::unexpected(name.error());
  Symbol symbol;
  symbol.name = *name;
  symbol.value = entry.Value;
  symbol.index = i;
  symbol.binding = binding_of(entry.StorageClass);

  const std::int64_t number = view.section_number(i);
  if (number > 0) {
    if (static_cast<std::uint64_t>(number) > view.sections().size())
      return malformed(symbol_place(i), "the section number names no section");
    symbol.home = Home::section;
    symbol.section = static_cast<std::uint32_t>(number);
    const std::uint32_t characteristics = view.sections()[symbol.section - 1].Characteristics;
    const Bytes section_name = facts.sections[symbol.section].name();
    symbol.in_group = (characteristics & IMAGE_SCN_LNK_COMDAT) != 0;
    symbol.kind =
        is_section_symbol(entry, *name, section_name) ? Kind::section : kind_in(section_name, characteristics);
  } else if (number == IMAGE_SYM_ABSOLUTE || number == IMAGE_SYM_DEBUG) {
    symbol.home = Home::absolute;
  } else if (number != IMAGE_SYM_UNDEFINED) {
    return malformed(symbol_place(i), "the section number names no section");
  } else if (entry.StorageClass == IMAGE_SYM_CLASS_EXTERNAL && entry.Value != 0) {
    symbol.home = Home::common;
    symbol.kind = Kind::object;
    symbol.size = entry.Value;
    symbol.value = 0;
  }
  if (is_function_type(entry.Type) && symbol.kind != Kind::section)
    symbol.kind = Kind::function;
  // What GCC for mingw makes of a thread-local variable.
  if (symbol.kind == Kind::object && name->find("__emutls_v.") <= 1)
    symbol.kind = Kind::thread_local_;

  // Locals belong to the `.file` entry before them.
  if (entry.StorageClass == IMAGE_SYM_CLASS_FILE) {
    symbol.kind = Kind::file;
    symbol.name = source_of(view, i);
    symbol.value = 0; // the next .file entry, in objects that chain them
    facts.sources.push_back(symbol.name);
  } else if (symbol.binding == Binding::local) {
    symbol.source = static_cast<std::uint32_t>(facts.sources.size() - 1);
  }
  facts.symbols.push_back(symbol);
  return {};
}

/// A weak external names another symbol that stands in for it. Where this object defines that one, it is how compilers
/// write a weak definition; with GNU as and LLVM the stand-in of a weak reference is the absolute address 0.
template <class SymbolType>
Result<void> resolve_weak_external(const View<SymbolType> &view, Facts &facts, Symbol &weak) {
  const auto record = array_at<llvm::object::coff_aux_weak_external>(view.auxiliary(weak.index), 0, 1);
  if (weak.home != Home::undefined)
    return {};
  if (!record)
    return malformed(symbol_place(weak.index), "a weak external without the record that names its default");
  if (record->front().TagIndex >= view.symbols().size())
    return malformed(symbol_place(weak.index), "the default of this weak external is past the end of the table");
  // GNU `ld -r` leaves the index that was right before, which may now be of anything. Real stand-ins are external.
  const Symbol *const stand_in = facts.symbol_at(record->front().TagIndex);
  if (stand_in != nullptr && stand_in->home == Home::section && stand_in->binding == Binding::global) {
    weak.home = stand_in->home;
    weak.section = stand_in->section;
    weak.value = stand_in->value;
    weak.kind = stand_in->kind;
    weak.in_group = stand_in->in_group;
  }
  return {};
}

/// A COMDAT section of which there may be only one in the link (IMAGE_COMDAT_SELECT_NODUPLICATES), as cl and clang-cl
/// make one of every function with /Gy, is never dropped for another object's.
template <class SymbolType> void take_out_of_groups(const View<SymbolType> &view, Facts &facts) {
  std::vector<bool> only_one(facts.sections.size());
  for (const Symbol &symbol : facts.symbols)
    if (symbol.kind == Kind::section && symbol.in_group)
      if (const auto definition = array_at<SectionDefinition>(view.auxiliary(symbol.index), 0, 1))
        only_one[symbol.section] = definition->front().Selection == IMAGE_COMDAT_SELECT_NODUPLICATES;
  for (Symbol &symbol : facts.symbols)
    if (symbol.in_group && only_one[symbol.section])
      symbol.in_group = false;
}

template <class SymbolType> Result<void> add_symbols(const View<SymbolType> &view, Facts &facts) {
  const std::uint64_t count = view.symbols().size();
  for (std::uint64_t i = 0; i < count;) {
    const auto index = static_cast<std::uint32_t>(i);
    i += 1 + std::uint64_t{view.symbols()[index].NumberOfAuxSymbols};
    if (i > count)
      return malformed(symbol_place(index), "its auxiliary records reach past the end of the table");
    if (Result<void> added = add_symbol(view, index, facts); !added)
      return added;
  }
  take_out_of_groups(view, facts);
  // Clang 19 puts the `.file` entry last, where the only one there is still speaks for all.
  const bool one_source = facts.sources.size() == 2;
  for (Symbol &symbol : facts.symbols) {
    if (one_source && symbol.binding == Binding::local && symbol.kind != Kind::file)
      symbol.source = 1;
    if (symbol.binding == Binding::weak)
      if (Result<void> resolved = resolve_weak_external(view, facts, symbol); !resolved)
        return resolved;
  }
  return {};
}

/// The bytes at a pointer field hold the addend.
std::optional<std::int64_t> addend_at(Bytes contents, std::uint64_t offset, std::uint8_t width) {
  if (width == 8) {
    const auto word = array_at<llvm::support::little64_t>(contents, offset, 1);
    return word ? std::optional<std::int64_t>(word->front()) : std::nullopt;
  }
  const auto word = array_at<llvm::support::little32_t>(contents, offset, 1);
  return word ? std::optional<std::int64_t>(word->front()) : std::nullopt;
}

template <class SymbolType>
Result<RecordPointer> pointer_of(const View<SymbolType> &view, const Facts &facts, std::uint32_t section,
                                 Bytes contents, const Relocation &relocation) {
  const Machine row = machine(view.machine());
  // Addresses count from the section's own, which is 0 but in odd objects.
  const std::uint32_t base = view.sections()[section - 1].VirtualAddress;
  const std::uint64_t offset = std::uint64_t{relocation.VirtualAddress} - base;
  const auto damaged = [&](std::string_view why) {
    return malformed(view.section_place(section), join({"the relocation at ", hex(offset), why}));
  };
  if (relocation.Type != row.address)
    return damaged(" is not that of a pointer");
  const Symbol *const symbol = facts.symbol_at(relocation.SymbolTableIndex);
  if (symbol == nullptr)
    return damaged(" names no symbol");
  std::optional<std::int64_t> addend = addend_at(contents, offset, row.pointer_size);
  if (!addend)
    return damaged(" lies outside the section");
  // GNU as 2.40 takes a weak function's own offset off the bytes, although the relocation is to the symbol itself.
  if (symbol->binding == Binding::weak && static_cast<std::uint64_t>(*addend) == 0 - symbol->value)
    addend = 0;
  return RecordPointer{.offset = offset, .symbol = relocation.SymbolTableIndex, .addend = *addend};
}

template <class SymbolType> Result<void> add_records(const View<SymbolType> &view, Facts &facts) {
  // Each relocation belongs to one section: without this, sections that share a table would multiply it.
  std::uint64_t left = view.bytes().size() / sizeof(Relocation);
  for (std::uint32_t number = 1; number <= view.sections().size(); ++number) {
    if (facts.sections[number].name() != record_section_name)
      continue;
    const Result<Bytes> contents = view.contents(number);
    if (!contents)
      return std::unexpected(contents.error());
    const Result<std::span<const Relocation>> relocations = view.relocations(number);
    if (!relocations)
      return std::unexpected(relocations.error());
    if (relocations->size() > left)
      return malformed(view.section_place(number), "shares its relocations with another section");
    left -= relocations->size();
    RecordSection section{.bytes = *contents,
                          .name = facts.sections[number].name(),
                          .pointer_size = machine(view.machine()).pointer_size,
                          .big_endian = false,
                          .pointers = {}};
    section.pointers.reserve(relocations->size());
    for (const Relocation &relocation : *relocations) {
      if (relocation.Type == IMAGE_REL_AMD64_ABSOLUTE) // 0 on every machine: padding of the table
        continue;
      const Result<RecordPointer> pointer = pointer_of(view, facts, number, *contents, relocation);
      if (!pointer)
        return std::unexpected(pointer.error());
      section.pointers.push_back(*pointer);
    }
    std::ranges::sort(section.pointers, {}, &RecordPointer::offset);
    facts.record_sections.push_back(std::move(section));
  }
  return {};
}

/// GCC for mingw writes its intermediate code as it does in ELF objects. (Clang's is no COFF object at all.)
Lto lto_of(const Facts &facts) {
  const auto is_lto = [](const linkname::Section &section) { return section.name().starts_with(".gnu.lto_"); };
  if (std::ranges::none_of(facts.sections, is_lto))
    return Lto::none;
  const auto is_mark = [](const Symbol &symbol) { return symbol.name.ends_with("__gnu_lto_slim"); };
  return facts.symbols.empty() || std::ranges::any_of(facts.symbols, is_mark) ? Lto::slim : Lto::fat;
}

} // namespace

Result<std::array<Bytes, 2>> names(Bytes bytes) {
  return with_view(bytes, [&]<class SymbolType>(const View<SymbolType> &view) -> Result<std::array<Bytes, 2>> {
    // Short names stand in the symbols themselves, and a section's name is longer than eight bytes where it matters.
    const std::uint64_t first = view.header().PointerToSymbolTable;
    return std::array<Bytes, 2>{slice(bytes, first, view.strings_end() - first).value_or(bytes), Bytes{}};
  });
}

Result<Facts> inspect(Bytes bytes) {
  return with_view(bytes, []<class SymbolType>(const View<SymbolType> &view) -> Result<Facts> {
    const Machine row = machine(view.machine());
    Facts facts;
    facts.format = Format::coff;
    facts.target = join({View<SymbolType>::is_big ? "coff-bigobj-" : "coff-", row.name});
    facts.tables = {{.name = "symbols"}};
    facts.name_prefix = row.name_prefix;
    facts.sections.reserve(view.sections().size() + 1);
    facts.sections.emplace_back(); // section numbers start with 1
    for (std::uint32_t number = 1; number <= view.sections().size(); ++number) {
      const Result<Bytes> name = view.section_name(number);
      if (!name)
        return std::unexpected(name.error());
      facts.sections.push_back({.name_field = *name});
      facts.debug_information = facts.debug_information || *name == ".debug_info";
    }
    if (Result<void> added = add_symbols(view, facts); !added)
      return std::unexpected(std::move(added.error()));
    facts.lto = lto_of(facts);
    if (view.strings_end() == view.bytes().size())
      facts.tail_from = facts.tail_until = view.header().PointerToSymbolTable;
    if (Result<void> added = add_records(view, facts); !added)
      return std::unexpected(std::move(added.error()));
    return facts;
  });
}

} // namespace linkname::coff
