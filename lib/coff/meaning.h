// What entries of a symbol table say to people, in objects and in linked images alike.
#pragma once

#include "coff/view.h"

#include <linkname/facts.h>

namespace linkname::coff {

/// What a symbol of this section stands for. The format's own type field tells functions at best, so the section
/// answers.
inline Kind kind_in(Bytes name, std::uint32_t characteristics) {
  if ((characteristics & (llvm::COFF::IMAGE_SCN_CNT_CODE | llvm::COFF::IMAGE_SCN_MEM_EXECUTE)) != 0)
    return Kind::function;
  if (name == ".tls" || name.starts_with(".tls$"))
    return Kind::thread_local_;
  const bool dropped = (characteristics & (llvm::COFF::IMAGE_SCN_MEM_DISCARDABLE | llvm::COFF::IMAGE_SCN_LNK_REMOVE |
                                           llvm::COFF::IMAGE_SCN_LNK_INFO)) != 0;
  return dropped ? Kind::untyped : Kind::object;
}

/// The source file that a `.file` symbol names, in its auxiliary records or, as GNU as puts long ones, in the string
/// table. Empty where it is not readable: it is for people.
template <class SymbolType> Bytes source_of(const View<SymbolType> &view, std::uint32_t symbol) {
  const Bytes field = view.auxiliary(symbol);
  const auto words = array_at<llvm::support::ulittle32_t>(field, 0, 2);
  if (words && words->front() == 0)
    return view.string(words->back()).value_or(Bytes{});
  return field.substr(0, field.find('\0'));
}

} // namespace linkname::coff
