// The one place where the class and the byte order of a file choose a template.
#pragma once

#include "elf/view.h"

namespace linkname::elf {

inline bool has_magic(Bytes bytes) {
  return bytes.starts_with("\x7f"
                           "ELF");
}

/// Whether it is linked: ET_EXEC or ET_DYN in either byte order.
inline bool is_image(Bytes bytes) {
  constexpr std::size_t type = 16; // e_type, behind e_ident
  if (!has_magic(bytes) || bytes.size() < type + 2)
    return false;
  const bool little = bytes[llvm::ELF::EI_DATA] != llvm::ELF::ELFDATA2MSB;
  const auto low = static_cast<unsigned char>(bytes[type + (little ? 0 : 1)]);
  const auto high = static_cast<unsigned char>(bytes[type + (little ? 1 : 0)]);
  return high == 0 && (low == llvm::ELF::ET_EXEC || low == llvm::ELF::ET_DYN);
}

/// Calls `typed` with the type that fits the file's e_ident, and gives its result back.
template <class Typed>
auto with_type(Bytes bytes, Typed typed) -> decltype(typed(std::type_identity<llvm::object::ELF64LE>{})) {
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

/// Creates the View that fits the file and hands it to `use`, whose result is given back.
template <class Use>
auto with_view(Bytes bytes, Use use, SymbolTables tables = SymbolTables::not_counted)
    -> decltype(use(std::declval<View<llvm::object::ELF64LE>>())) {
  return with_type(bytes, [&]<class ELFT>(std::type_identity<ELFT>) -> decltype(use(std::declval<View<ELFT>>())) {
    const Result<View<ELFT>> view = View<ELFT>::create(bytes, tables);
    if (!view)
      return std::unexpected(view.error());
    return use(*view);
  });
}

} // namespace linkname::elf
