// The one list of file offsets that a COFF object holds. Layout moves them, verification holds them against each other.
#pragma once

#include "coff/section_symbol.h"

namespace linkname::coff {

using FunctionDefinition = llvm::object::coff_aux_function_definition;

/// Calls `take(field)` for every field of a section header that holds a file offset; 0 in one of them means that there
/// is no such thing. Beside them there is PointerToSymbolTable, in the header (PE format specification, "COFF File
/// Header" and "Section Table").
template <class Header, class Take> void for_each_offset(Header &section, Take take) {
  take(section.PointerToRawData);
  take(section.PointerToRelocations);
  take(section.PointerToLinenumbers);
}

/// Calls `take(field)` for the offset of a function's line numbers in its auxiliary record, wherever there are any.
template <class SymbolType, class Take> void for_each_line_number_offset(const View<SymbolType> &view, Take take) {
  for (std::uint64_t i = 0; i < view.symbols().size();) {
    const auto index = static_cast<std::uint32_t>(i);
    const SymbolType &entry = view.symbols()[index];
    i += 1 + std::uint64_t{entry.NumberOfAuxSymbols};
    const std::int64_t section = view.section_number(index);
    if (!is_function_type(entry.Type) || entry.NumberOfAuxSymbols == 0 || section <= 0 ||
        static_cast<std::uint64_t>(section) > view.sections().size() ||
        view.sections()[static_cast<std::size_t>(section) - 1].NumberOfLinenumbers == 0)
      continue;
    const auto record = array_at<FunctionDefinition>(view.auxiliary(index), 0, 1);
    if (record && record->front().PointerToLinenumber != 0)
      take(record->front().PointerToLinenumber);
  }
}

} // namespace linkname::coff
