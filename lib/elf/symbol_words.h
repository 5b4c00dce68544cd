// What the fields of an Elf_Sym and of the ELF header mean in the words that all formats share (gABI, "Symbol Table").
#pragma once

#include "base/text.h"
#include "elf/machine.h"
#include "elf/view.h"

#include <linkname/facts.h>

#include <llvm/BinaryFormat/ELF.h>

#include <optional>
#include <string>

namespace linkname::elf {

inline Visibility visibility_of(unsigned char st_other) {
  switch (st_other & 3U) {
  case llvm::ELF::STV_HIDDEN:
    return Visibility::hidden;
  case llvm::ELF::STV_INTERNAL:
    return Visibility::internal;
  case llvm::ELF::STV_PROTECTED:
    return Visibility::protected_;
  default:
    return Visibility::exported;
  }
}

/// Nothing for a binding that no specification knows.
inline std::optional<Binding> binding_of(unsigned char binding) {
  switch (binding) {
  case llvm::ELF::STB_LOCAL:
    return Binding::local;
  case llvm::ELF::STB_GLOBAL:
    return Binding::global;
  case llvm::ELF::STB_WEAK:
    return Binding::weak;
  case llvm::ELF::STB_GNU_UNIQUE:
    return Binding::unique;
  default:
    return std::nullopt;
  }
}

inline Kind kind_of(unsigned char type) {
  switch (type) {
  case llvm::ELF::STT_OBJECT:
  case llvm::ELF::STT_COMMON:
    return Kind::object;
  case llvm::ELF::STT_FUNC:
    return Kind::function;
  case llvm::ELF::STT_SECTION:
    return Kind::section;
  case llvm::ELF::STT_FILE:
    return Kind::file;
  case llvm::ELF::STT_TLS:
    return Kind::thread_local_;
  case llvm::ELF::STT_GNU_IFUNC:
    return Kind::indirect_function;
  default:
    return Kind::untyped;
  }
}

/// `elf64-little-x86-64`
template <class ELFT> std::string target_of(const View<ELFT> &view) {
  const bool little = view.bytes()[llvm::ELF::EI_DATA] == llvm::ELF::ELFDATA2LSB;
  const Machine row = machine(view.header().e_machine);
  std::string name(row.name);
  if (name == "unknown")
    name += join({"-machine-", std::to_string(row.number)});
  return join({ELFT::Is64Bits ? "elf64-" : "elf32-", little ? "little-" : "big-", name});
}

} // namespace linkname::elf
