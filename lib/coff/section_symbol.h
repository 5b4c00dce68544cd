// The symbols that stand for sections, and what their auxiliary record repeats of the section (PE format specification,
// "Auxiliary Format 5: Section Definitions").
#pragma once

#include "coff/view.h"

#include <llvm/ADT/ArrayRef.h>
#include <llvm/Support/CRC.h>

namespace linkname::coff {

using SectionDefinition = llvm::object::coff_aux_section_definition;

inline bool is_function_type(std::uint16_t type) {
  return (type >> llvm::COFF::SCT_COMPLEX_TYPE_SHIFT & 0xF) == llvm::COFF::IMAGE_SYM_DTYPE_FUNCTION;
}

/// Whether `entry`, called `name`, stands for the section called `section` that it is defined in.
template <class SymbolType> bool is_section_symbol(const SymbolType &entry, Bytes name, Bytes section) {
  if (entry.StorageClass == llvm::COFF::IMAGE_SYM_CLASS_SECTION)
    return true;
  return entry.StorageClass == llvm::COFF::IMAGE_SYM_CLASS_STATIC && entry.NumberOfAuxSymbols != 0 &&
         entry.Value == 0 && !is_function_type(entry.Type) && name == section;
}

/// The sum that `CheckSum` holds where a compiler fills it in.
inline std::uint32_t checksum(Bytes contents) {
  llvm::JamCRC sum(0);
  sum.update(llvm::ArrayRef(reinterpret_cast<const std::uint8_t *>(contents.data()), contents.size()));
  return sum.getCRC();
}

/// The record of a section whose contents become others. Tools that leave the sum out write 0.
inline SectionDefinition with_contents(SectionDefinition definition, Bytes contents) {
  definition.Length = static_cast<std::uint32_t>(contents.size());
  if (definition.CheckSum != 0)
    definition.CheckSum = checksum(contents);
  return definition;
}

} // namespace linkname::coff
