// What a planned change means for the fields of one Elf_Sym (gABI, "Symbol Table"). The layout writes entries with
// these functions, and the verification compares what it reads back with the same.
#pragma once

#include <linkname/facts.h>
#include <linkname/plan.h>

#include <llvm/BinaryFormat/ELF.h>

namespace linkname::elf {

constexpr unsigned char st_visibility(Visibility visibility) {
  switch (visibility) {
  case Visibility::exported:
    return llvm::ELF::STV_DEFAULT;
  case Visibility::protected_:
    return llvm::ELF::STV_PROTECTED;
  case Visibility::hidden:
    return llvm::ELF::STV_HIDDEN;
  case Visibility::internal:
    return llvm::ELF::STV_INTERNAL;
  }
  return llvm::ELF::STV_DEFAULT;
}

/// The bits of st_other above the visibility belong to the processor (PPC64 local entry, AArch64 variant PCS, MIPS16)
/// and are kept.
template <class Sym> void set_visibility(Sym &symbol, Visibility visibility) {
  symbol.st_other = static_cast<unsigned char>((symbol.st_other & ~3U) | st_visibility(visibility));
}

/// Applies everything but a new name to an entry that stays.
template <class Sym> void change_entry(Sym &symbol, const Edit &edit) {
  switch (edit.change) {
  case Change::visibility:
    set_visibility(symbol, edit.visibility);
    break;
  case Change::weaken:
    symbol.setBinding(llvm::ELF::STB_WEAK);
    break;
  case Change::localize:
    symbol.setBinding(llvm::ELF::STB_LOCAL);
    set_visibility(symbol, Visibility::exported);
    break;
  case Change::rename:
  case Change::add:
  case Change::define:
    break;
  }
}

/// The entry that Change::add appends, but for its name.
template <class Sym> Sym added_entry(Sym like, Visibility visibility) {
  like.setBinding(llvm::ELF::STB_GLOBAL);
  set_visibility(like, visibility);
  return like;
}

} // namespace linkname::elf
