// What one entry of the symbol table says, in the words that all formats share.
#pragma once

#include "macho/symbol_edit.h"

#include <linkname/facts.h>

#include <string>

namespace linkname::macho {

/// What a symbol of this section stands for: the format says nothing about the symbol itself.
inline Kind kind_in(std::uint32_t flags) {
  using namespace llvm::MachO;
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

inline Binding binding_of(std::uint8_t n_type, std::uint16_t n_desc) {
  using namespace llvm::MachO;
  if ((n_type & N_EXT) == 0)
    return Binding::local;
  // The bit of a weak definition means something else where the symbol is undefined.
  const bool defined = (n_type & N_TYPE) != N_UNDF && (n_type & N_TYPE) != N_PBUD;
  return (n_desc & (defined ? N_WEAK_DEF : N_WEAK_REF)) != 0 ? Binding::weak : Binding::global;
}

/// The symbol `i`, its value counted from its section as in objects.
template <class T> Result<Symbol> symbol_of(const View<T> &view, std::uint32_t i) {
  using namespace llvm::MachO;
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

/// E.g. "macho-x86_64".
inline std::string target_of(std::uint32_t cpu, std::uint32_t subtype) {
  using namespace llvm::MachO;
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

} // namespace linkname::macho
