// What a planned change means for the fields of one nlist (Apple's <mach-o/nlist.h>). The layout writes entries with
// these functions, and the verification compares what it reads back with the same.
#pragma once

#include "macho/view.h"

#include <linkname/facts.h>
#include <linkname/plan.h>

#include <llvm/BinaryFormat/MachO.h>

namespace linkname::macho {

enum class EntryKind : std::uint8_t { debugging, undefined, common, indirect, defined };

template <class Symbol> EntryKind kind_of(const Symbol &symbol) {
  using namespace llvm::MachO;
  if ((symbol.n_type & N_STAB) != 0)
    return EntryKind::debugging;
  switch (symbol.n_type & N_TYPE) {
  case N_UNDF:
    return (symbol.n_type & N_EXT) != 0 && symbol.n_value != 0 ? EntryKind::common : EntryKind::undefined;
  case N_PBUD:
    return EntryKind::undefined;
  case N_INDR:
    return EntryKind::indirect;
  default:
    return EntryKind::defined;
  }
}

/// Both bits of a definition together are the assembler's `.weak_def_can_be_hidden`: the linker hides it if every copy
/// says so. Of an undefined symbol they are two different things: weakly referenced, and weakly defined elsewhere.
inline constexpr std::uint16_t weak_bits = llvm::MachO::N_WEAK_DEF | llvm::MachO::N_WEAK_REF;

template <class Symbol> bool may_be_hidden(const Symbol &symbol) {
  return kind_of(symbol) == EntryKind::defined && (symbol.n_desc & weak_bits) == weak_bits;
}

template <class Symbol> void set_weakness(Symbol &symbol, std::uint16_t bits) {
  symbol.n_desc = static_cast<std::uint16_t>((symbol.n_desc & ~weak_bits) | bits);
}

template <class Symbol> void set_visibility(Symbol &symbol, Visibility visibility) {
  using namespace llvm::MachO;
  const bool exported = visibility == Visibility::exported || visibility == Visibility::protected_;
  if (exported && may_be_hidden(symbol))
    set_weakness(symbol, N_WEAK_DEF);
  symbol.n_type = static_cast<std::uint8_t>((symbol.n_type & ~N_PEXT) | (exported ? 0 : N_PEXT));
}

/// Applies everything but a new name to an entry that stays.
template <class Symbol> void change_entry(Symbol &symbol, const Edit &edit) {
  using namespace llvm::MachO;
  switch (edit.change) {
  case Change::visibility:
    set_visibility(symbol, edit.visibility);
    break;
  case Change::weaken:
    if (kind_of(symbol) == EntryKind::defined)
      set_weakness(symbol, N_WEAK_DEF);
    else
      symbol.n_desc = static_cast<std::uint16_t>(symbol.n_desc | N_WEAK_REF);
    break;
  case Change::localize:
    symbol.n_type = static_cast<std::uint8_t>(symbol.n_type & ~(N_EXT | N_PEXT));
    set_weakness(symbol, 0);
    break;
  case Change::rename:
  case Change::add:
  case Change::define:
    break;
  }
}

/// The entry that Change::add brings, but for its name. What says how the place is to be treated stays: Thumb code, an
/// entry inside an atom (N_ALT_ENTRY), not to be stripped.
template <class Symbol> Symbol added_entry(Symbol like, Visibility visibility) {
  like.n_type = static_cast<std::uint8_t>(like.n_type | llvm::MachO::N_EXT);
  set_weakness(like, 0);
  set_visibility(like, visibility);
  return like;
}

/// Why this change cannot be made to this entry; empty when it can.
template <class T> std::string_view refusal(const View<T> &view, std::uint32_t symbol, Change change) {
  using namespace llvm::MachO;
  const typename T::Symbol &entry = view.symbols()[symbol];
  const EntryKind kind = kind_of(entry);
  if (change == Change::rename)
    return {};
  if (kind == EntryKind::debugging)
    return "is a debugging entry";
  if (kind == EntryKind::indirect)
    return "is another name of a symbol (N_INDR), and only its name can be changed";
  const bool definition_only = change == Change::add || change == Change::localize;
  if (definition_only && kind != EntryKind::defined)
    return "is not defined here";
  if (kind != EntryKind::defined)
    return {};
  if (change == Change::localize && (entry.n_desc & N_SYMBOL_RESOLVER) != 0)
    return "is a resolver (N_SYMBOL_RESOLVER), which the linker does not accept as a local symbol";
  if (change == Change::weaken) {
    if ((entry.n_type & N_TYPE) != N_SECT)
      return "is absolute, and linkers do not take absolute definitions for weak";
    if ((entry.n_desc & N_ALT_ENTRY) != 0)
      return "is a second entry into another definition (N_ALT_ENTRY), which cannot be replaced alone";
    switch (view.sections()[entry.n_sect - 1U]->flags & SECTION_TYPE) {
    case S_CSTRING_LITERALS:
    case S_4BYTE_LITERALS:
    case S_8BYTE_LITERALS:
    case S_16BYTE_LITERALS:
    case S_LITERAL_POINTERS:
      return "is in a section of literals, which the linker merges by contents: it cannot be weak";
    default:
      break;
    }
  }
  if (change == Change::add && (view.header().flags & MH_SUBSECTIONS_VIA_SYMBOLS) != 0) {
    // Linkers cut sections at symbols, but not at those, so a name there would cut where nothing was to be cut.
    const Result<Bytes> name = view.symbol_name(symbol);
    if (name && name->starts_with('L'))
      return "is an assembler's label, at which no definition begins";
  }
  return {};
}

} // namespace linkname::macho
