// What the pointers of a section mean to who asks whether an address was taken.
#pragma once

#include "macho/view.h"

namespace linkname::macho {

enum class Meaning : std::uint8_t {
  nothing,       ///< such as unwind tables, which hold addresses of functions whose address nobody took
  records,       ///< LINKNAME's
  address_table, ///< Clang's list of symbols whose address is taken (-faddrsig)
  variables,     ///< initialised variables
  functions,     ///< nothing but pointers to functions
};

template <class T> Meaning meaning_of(const typename T::Section &section) {
  using namespace llvm::MachO;
  const Bytes segment = fixed_name(section.segname);
  const Bytes name = fixed_name(section.sectname);
  if (segment == "__DWARF")
    return name == "__linkname" ? Meaning::records : Meaning::nothing;
  if (name == "__llvm_addrsig")
    return Meaning::address_table;
  switch (section.flags & SECTION_TYPE) {
  case S_MOD_INIT_FUNC_POINTERS:
  case S_MOD_TERM_FUNC_POINTERS:
    return Meaning::functions;
  case S_REGULAR:
  case S_THREAD_LOCAL_REGULAR:
    return name == "__data" || name == "__const" || name == "__thread_data" ? Meaning::variables : Meaning::nothing;
  default:
    return Meaning::nothing;
  }
}

} // namespace linkname::macho
