// What a planned change means for the fields of a symbol table entry (PE format specification, "COFF Symbol Table").
// The layout writes entries with these functions, and the verification compares what it reads back with the same.
#pragma once

#include "coff/view.h"

#include <linkname/plan.h>

#include <cstring>
#include <type_traits>

namespace linkname::coff {

using WeakExternal = llvm::object::coff_aux_weak_external;

/// How many entries a change appends to the table: a weak external comes with its auxiliary record, always; without
/// one lld-link crashes.
constexpr std::uint32_t entries_added(Change change) {
  switch (change) {
  case Change::add:
    return 1;
  case Change::weaken:
    return 2;
  default:
    return 0;
  }
}

constexpr bool is_short(std::string_view name) { return name.size() <= llvm::COFF::NameSize; }

/// Writes a name of up to eight bytes, which needs no string.
template <class SymbolType> void put_short_name(SymbolType &entry, std::string_view name) {
  std::memset(entry.Name.ShortName, 0, llvm::COFF::NameSize);
  name.copy(entry.Name.ShortName, name.size()); // an empty one may have no data at all
}

template <class SymbolType> void put_long_name(SymbolType &entry, std::uint32_t offset) {
  entry.Name.Offset.Zeroes = 0;
  entry.Name.Offset.Offset = offset;
}

template <class SymbolType> void put_section_number(SymbolType &entry, std::int32_t number) {
  using Number = typename decltype(entry.SectionNumber)::value_type;
  entry.SectionNumber = static_cast<Number>(number);
}

/// The definition that a symbol stands for: itself, or the default of a weak external.
template <class SymbolType> const SymbolType &definition_of(const View<SymbolType> &view, std::uint32_t symbol) {
  const SymbolType &entry = view.symbols()[symbol];
  if (entry.StorageClass != llvm::COFF::IMAGE_SYM_CLASS_WEAK_EXTERNAL || entry.SectionNumber != 0)
    return entry;
  const auto record = array_at<WeakExternal>(view.auxiliary(symbol), 0, 1);
  return record && record->front().TagIndex < view.symbols().size() ? view.symbols()[record->front().TagIndex] : entry;
}

/// The entry that Change::add appends, but for its name. The auxiliary records of the definition are not repeated: they
/// describe it once.
template <class SymbolType> SymbolType added_entry(const View<SymbolType> &view, std::uint32_t like) {
  SymbolType entry = definition_of(view, like);
  entry.StorageClass = llvm::COFF::IMAGE_SYM_CLASS_EXTERNAL;
  entry.NumberOfAuxSymbols = 0;
  return entry;
}

/// What becomes of the entry itself, but for its name. A weakened definition stays where it is, as the default that the
/// weak name falls back to; what was undefined becomes the absolute address 0, as compilers write it.
template <class SymbolType> void change_entry(SymbolType &entry, Change change) {
  if (change == Change::localize)
    entry.StorageClass = llvm::COFF::IMAGE_SYM_CLASS_STATIC;
  if (change == Change::weaken && entry.SectionNumber == 0) {
    put_section_number(entry, llvm::COFF::IMAGE_SYM_ABSOLUTE);
    entry.Type = 0;
  }
}

/// The entry of the weak name of `entry`, but for its name.
template <class SymbolType> SymbolType weak_entry(SymbolType entry) {
  entry.Value = 0;
  put_section_number(entry, llvm::COFF::IMAGE_SYM_UNDEFINED);
  entry.StorageClass = llvm::COFF::IMAGE_SYM_CLASS_WEAK_EXTERNAL;
  entry.NumberOfAuxSymbols = 1;
  return entry;
}

/// The auxiliary record behind it, of the size of an entry ("Auxiliary Format 3: Weak Externals").
template <class SymbolType> std::string weak_record(std::uint32_t default_symbol) {
  WeakExternal record{};
  record.TagIndex = default_symbol;
  record.Characteristics = llvm::COFF::IMAGE_WEAK_EXTERN_SEARCH_ALIAS; // as Clang writes it; a library is not searched
  std::string bytes(reinterpret_cast<const char *>(&record), sizeof record);
  bytes.resize(sizeof(SymbolType));
  return bytes;
}

} // namespace linkname::coff
