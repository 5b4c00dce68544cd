// The one place where the class and the byte order of a file choose a template.
#pragma once

#include "elf/view.h"

namespace linkname::elf {

inline bool has_magic(Bytes bytes) {
  return bytes.starts_with("\x7f"
                           "ELF");
}

/// Creates the View that fits the file's e_ident and hands it to `use`, whose result is given back.
template <class Use>
auto with_view(Bytes bytes, Use use) -> decltype(use(std::declval<View<llvm::object::ELF64LE>>())) {
  const auto typed = [&]<class ELFT>(std::type_identity<ELFT>) -> decltype(use(std::declval<View<ELFT>>())) {
    const Result<View<ELFT>> view = View<ELFT>::create(bytes);
    if (!view)
      return std::unexpected(view.error());
    return use(*view);
  };
  if (!has_magic(bytes) || bytes.size() < llvm::ELF::EI_NIDENT)
    return malformed("ELF header", "the file ends before the header does");
  const auto file_class = static_cast<unsigned char>(bytes[llvm::ELF::EI_CLASS]);
  const auto encoding = static_cast<unsigned char>(bytes[llvm::ELF::EI_DATA]);
  if (encoding != llvm::ELF::ELFDATA2LSB && encoding != llvm::ELF::ELFDATA2MSB)
    return malformed("ELF header", "EI_DATA names no byte order");
  const bool little = encoding == llvm::ELF::ELFDATA2LSB;
  if (file_class == llvm::ELF::ELFCLASS64)
    return little ? typed(std::type_identity<llvm::object::ELF64LE>{})
                  : typed(std::type_identity<llvm::object::ELF64BE>{});
  if (file_class == llvm::ELF::ELFCLASS32)
    return little ? typed(std::type_identity<llvm::object::ELF32LE>{})
                  : typed(std::type_identity<llvm::object::ELF32BE>{});
  return malformed("ELF header", "EI_CLASS is neither 32 nor 64 bit");
}

} // namespace linkname::elf
